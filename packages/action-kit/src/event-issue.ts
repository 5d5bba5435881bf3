import type { Environment } from "./contract.ts";
import type { IssueSelection } from "./inputs.ts";

/**
 * The number of the issue that the event is about; undefined if it is about none, or about a pull request. The issue is
 * in the workflow's own repository, so it counts only if that one holds the incidents.
 * @param holder owner/name of the repository that holds them; absent: the workflow's own
 */
export function findEventIssue(
  { event, repository }: Pick<Environment, "event" | "repository">,
  holder = repository,
): number | undefined {
  const { issue } = event as { issue?: { number?: number; pull_request?: unknown } };
  if (issue?.pull_request !== undefined || holder.toLowerCase() !== repository.toLowerCase())
    return undefined;
  return issue?.number;
}

/** The issues that a run is about: those that `issues` names, else the event's. Undefined: it looks around. */
export function findNamedIssues(
  inputs: { readonly issues: IssueSelection; readonly repository?: string | undefined },
  environment: Pick<Environment, "event" | "repository">,
): readonly number[] | undefined {
  if (inputs.issues !== "auto") return inputs.issues;
  const issue = findEventIssue(environment, inputs.repository);
  return issue === undefined ? undefined : [issue];
}
