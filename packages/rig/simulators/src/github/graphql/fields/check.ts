import type { CheckSource } from "../../state/actions/checks.ts";
import type { CheckAnnotation } from "../../state/records.ts";
import { connectInOrder, PAGING } from "../connection.ts";
import { fields, needing, type ResolverTable, taking } from "../resolver.ts";

type Rollup = { readonly checks: readonly CheckSource[] };
const RED: readonly (string | null)[] = ["failure", "timed_out", "startup_failure", "action_required"];

export const checkFields: ResolverTable = {
  ...fields<Rollup>("StatusCheckRollup", {
    state: ({ checks }) => {
      if (checks.some(({ conclusion }) => RED.includes(conclusion))) return "FAILURE";
      return checks.every(({ status }) => status === "completed") ? "SUCCESS" : "PENDING";
    },
    contexts: taking(PAGING, ({ checks }, args) => connectInOrder(checks, args, (check) => check)),
  }),
  ...fields<CheckSource>("CheckRun", {
    id: ({ id }) => id,
    databaseId: ({ databaseId }) => databaseId,
    name: ({ name }) => name,
    status: ({ status }) => status.toUpperCase(),
    conclusion: ({ conclusion }) => conclusion?.toUpperCase() ?? null,
    title: () => null,
    summary: () => null,
    // Rules that require checks are not simulated.
    isRequired: taking(["pullRequestNumber", "pullRequestId"], () => false),
    checkSuite: (check) => check,
    annotations: taking(PAGING, ({ annotations }, args) =>
      connectInOrder(annotations, args, (annotation) => annotation),
    ),
  }),
  ...fields<CheckSource>("CheckSuite", {
    app: (check) => check,
    workflowRun: needing({ actions: "read" }, ({ runId }) => (runId === undefined ? null : { runId })),
  }),
  ...fields<CheckSource>("App", { slug: ({ app }) => app }),
  ...fields<{ readonly runId: number }>("WorkflowRun", { databaseId: ({ runId }) => runId }),
  ...fields<CheckAnnotation>("CheckAnnotation", {
    path: ({ path }) => path,
    annotationLevel: ({ level }) => level.toUpperCase(),
    message: ({ message }) => message,
    location: (annotation) => annotation,
  }),
  ...fields<CheckAnnotation>("CheckAnnotationSpan", { start: (annotation) => annotation }),
  ...fields<CheckAnnotation>("CheckAnnotationPosition", { line: ({ line }) => line }),
};
