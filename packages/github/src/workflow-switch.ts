import { HttpFailure, readIfThere } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** Whether a workflow hears anything, and since when. */
export type WorkflowSwitch = {
  /** From the root of the repository, as `.github/workflows/patchpilot-tick.yml`. */
  readonly path: string;
  /** `active`, `disabled_manually`, `disabled_inactivity`, `disabled_fork` or `deleted`; GitHub may add others. */
  readonly state: string;
  /** In milliseconds: when GitHub last changed what it knows of the workflow. */
  readonly updatedAt: number;
};

const workflowSchema = z.object({
  path: z.string(),
  state: z.string(),
  updated_at: z.string().transform((text) => Date.parse(text)),
});

/** Reads a workflow by its file's name; undefined: GitHub knows none, or hides it. */
export const readWorkflowSwitch = (
  github: GitHub,
  repository: RepositoryName,
  file: string,
): Promise<WorkflowSwitch | undefined> =>
  readIfThere(async () => {
    const place = { ...repository, workflow_id: file };
    const reply = await github.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}", place);
    const { path, state, updated_at } = readReply(workflowSchema, reply.data, "GET a workflow");
    return { path, state, updatedAt: updated_at };
  });

/**
 * Switches a workflow on or off; asked twice, the second time changes nothing.
 * @throws HttpFailure `ambiguous` after any answer but 204: what a proxy answers for GitHub may look like a success
 */
export async function switchWorkflow(
  github: GitHub,
  repository: RepositoryName,
  file: string,
  to: "on" | "off",
): Promise<void> {
  const place = { ...repository, workflow_id: file };
  const { status } =
    to === "on"
      ? await github.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable", place)
      : await github.request("PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable", place);
  if (Number(status) === 204) return;
  throw new HttpFailure({
    kind: "ambiguous",
    provider: "GitHub",
    asked: "PUT a workflow's switch",
    happened: `answered ${status}, which does not say that the workflow is ${to}`,
    status,
  });
}
