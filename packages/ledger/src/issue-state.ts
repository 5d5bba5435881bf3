import { type GitHub, type IssuePage, readIssues, repositoryName } from "@patchpilot/github";
import { isHeld, labelsOfCommand } from "@patchpilot/incident";

/** An issue as a worker looks at it once more. */
export type IssueState = {
  readonly open: boolean;
  readonly held: boolean;
  /** It bears the label by which someone gives their word; anyone with triage access may set it. */
  readonly approved?: boolean;
};

/**
 * Looks at one issue, and at refs of its repository in the same request. An issue that is gone counts as closed.
 * @param repository owner/name
 */
export async function readIssueState(
  github: GitHub,
  repository: string,
  number: number,
  refs: readonly string[] = [],
): Promise<IssueState & Pick<IssuePage, "refs"> & { readonly repositoryId: number }> {
  const page = await readIssues(github, repositoryName(repository), { numbers: [number] }, { refs });
  const [issue] = page.issues;
  const labels = issue?.labels.nodes.map(({ name }) => name) ?? [];
  return {
    repositoryId: page.repository.databaseId,
    open: issue?.state === "OPEN",
    held: isHeld({ labels }),
    approved: labelsOfCommand("go-ahead").some((label) => labels.includes(label)),
    refs: page.refs,
  };
}
