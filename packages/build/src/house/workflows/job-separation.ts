import type { JobDescription, StepDescription, WorkflowDescription } from "@patchpilot/workflow";
import { OWNER_ON_MAIN } from "../../releasing/trees/references.ts";

/** Actions that run nothing of the repository's or the agent's: the only ones that may stand beside write access. */
const RUN_NO_CODE = [
  new RegExp(`^${OWNER_ON_MAIN}/(?:claim|propose)@v\\d+$`),
  /^actions\/(?:upload-artifact|download-artifact|create-github-app-token)@[0-9a-f]{40}$/,
];

/** The secrets that each job may read; any other job may read none. */
const SECRETS_OF: Readonly<Record<string, readonly string[]>> = {
  work: ["anthropic-api-key", "openai-api-key", "model-api-key", "npm-token"],
  verify: ["npm-token"],
  publish: ["app-id", "app-private-key", "state-key"],
};

/** Artifacts by their number: their names may be reused by any job of the run. */
const ARTIFACTS = ["${{ needs.gate.outputs.task }}", "${{ needs.work.outputs.artifact }}"];

/** What later jobs may read of `verify`: its result, and the outcomes of its steps. */
const ENDS_OF_VERIFY = [
  "needs.verify.result",
  ...["tested", "reproduced", "proven"].map((level) => `needs.verify.outputs.${level}`),
];

type Rule = (workflow: WorkflowDescription) => readonly string[];

/**
 * What keeps the repair workflow's jobs from power over each other, by the names that faults are reported under.
 * Every rule returns one sentence for each fault.
 */
export const SEPARATION_RULES: Readonly<Record<string, Rule>> = {
  "nothing is granted at the top": ({ permissions }) =>
    permissions !== undefined && Object.keys(permissions).length === 0 && typeof permissions !== "string"
      ? []
      : ["The workflow's own `permissions` are not `{}`."],

  "every job names its permissions": ({ jobs }) =>
    jobs
      .filter(({ permissions }) => permissions === undefined || typeof permissions === "string")
      .map(({ id }) => `The job ${id} does not list its permissions.`),

  "no code runs beside write access": ({ jobs }) =>
    jobs
      .filter((job) => mayWrite(job) || readsAppKey(job))
      .flatMap((job) =>
        job.steps
          .filter((step) => mayRunCode(step))
          .map((step) => `The job ${job.id} may write and runs ${step.uses ?? "a script"}.`),
      ),

  "each job reads its own secrets alone": ({ names, jobs }) => [
    ...names.filter(isSecret).map((name) => `The top of the workflow reads ${name}.`),
    ...jobs.flatMap((job) => {
      const allowed = SECRETS_OF[job.id] ?? [];
      return job.names
        .filter((name) => isSecret(name) && !allowed.includes(name.slice("secrets.".length)))
        .map((name) => `The job ${job.id} reads ${name}.`);
    }),
  ],

  "no secret or token beside the tests": ({ jobs }) =>
    jobs
      .filter(({ id }) => id === "work" || id === "verify")
      .flatMap((job) =>
        job.names
          .filter((name) => name === "github.token" || name === "github" || name === "github.*")
          .map((name) => `The job ${job.id} reads ${name}.`),
      ),

  "the token stays out of every checkout": ({ jobs }) =>
    jobs.flatMap((job) =>
      job.steps
        .filter(({ uses }) => uses?.startsWith("actions/checkout@"))
        .filter((step) => step.with["persist-credentials"] !== "false")
        .map(() => `The job ${job.id} leaves its token in the checkout.`),
    ),

  "publish waits for the result of verify": ({ jobs }) => {
    const publish = jobs.find(({ id }) => id === "publish");
    if (publish === undefined) return ["There is no job publish."];
    return [
      ...(publish.needs.includes("verify") ? [] : ["The job publish does not need verify."]),
      ...(publish.condition === "success() && (needs.verify.result == 'success')"
        ? []
        : [`The job publish begins if ${publish.condition}.`]),
    ];
  },

  "nothing is taken from verify but how it ended": ({ jobs }) => [
    ...jobs.flatMap(({ id, names }) =>
      names
        .filter((name) => /^needs(?:$|\.\*)/.test(name) || name.startsWith("needs.verify"))
        .filter((name) => !ENDS_OF_VERIFY.includes(name))
        .map((name) => `The job ${id} reads ${name}.`),
    ),
    // Tested code may forge what a step puts out, and not how it ended.
    ...jobs
      .filter(({ id }) => id === "verify")
      .flatMap(({ names }) => names.filter((name) => /^steps\b/.test(name)))
      .filter((name) => !/^steps\.[\w-]+\.outcome$/.test(name))
      .map((name) => `The job verify reads ${name}.`),
  ],

  "the patch is the one that work made": ({ jobs }) =>
    jobs.flatMap((job) =>
      job.steps
        .filter((step) => takesPatch(step))
        .filter((step) => step.with["patch-sha256"] !== "${{ needs.work.outputs.patch-sha256 }}")
        .map(() => `The job ${job.id} takes another patch than that of the job work.`),
    ),

  "each artifact is the one that its job made": ({ jobs }) =>
    jobs.flatMap((job) =>
      job.steps
        .filter(({ uses }) => uses?.startsWith("actions/download-artifact@"))
        .filter((step) => !ARTIFACTS.includes(step.with["artifact-ids"] ?? ""))
        .map(() => `The job ${job.id} takes an artifact that another job could replace.`),
    ),

  "every patch is tested": ({ jobs }) => {
    const verify = jobs.find(({ id }) => id === "verify");
    const tests = verify?.steps.find(({ uses }) => uses?.startsWith(`${OWNER_ON_MAIN}/repair@`));
    if (tests?.with["step"] !== "verify") return ["The job verify does not test the patch."];
    return tests.condition === "success() && (needs.work.outputs.patch-sha256 != '')"
      ? []
      : [`The job verify tests the patch only if ${tests.condition}.`];
  },

  "no expression stands in a script": ({ jobs }) =>
    jobs.flatMap((job) =>
      job.steps
        .filter(({ scriptNames }) => scriptNames.length > 0)
        .map(() => `The job ${job.id} has a script with expressions in it.`),
    ),

  "the event is read for nothing": ({ names, jobs }) =>
    [...names, ...jobs.flatMap((job) => job.names)]
      .filter((name) => name.startsWith("github.event") && name !== "github.event_name")
      .map((name) => `The workflow reads ${name}.`),
};

/** Faults of a repair workflow as `rule: sentence`. */
export function findFaults(workflow: WorkflowDescription): readonly string[] {
  return Object.entries(SEPARATION_RULES).flatMap(([name, rule]) =>
    rule(workflow).map((sentence) => `${name}: ${sentence}`),
  );
}

const isSecret = (name: string): boolean => /^secrets(?:\.|$)/.test(name);

const mayRunCode = ({ uses }: StepDescription): boolean =>
  uses === undefined || !RUN_NO_CODE.some((pattern) => pattern.test(uses));

/** A shorthand such as `write-all`, or no list at all, counts as write access. */
function mayWrite({ permissions }: JobDescription): boolean {
  if (permissions === undefined || typeof permissions === "string") return true;
  return Object.values(permissions).includes("write");
}

const readsAppKey = ({ names }: JobDescription): boolean => names.includes("secrets.app-private-key");

const takesPatch = (step: StepDescription): boolean =>
  step.uses?.startsWith(`${OWNER_ON_MAIN}/propose@`) === true || step.with["step"] === "verify";
