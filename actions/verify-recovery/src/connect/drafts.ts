import { inertSentence } from "@patchpilot/evidence";
import type { PullReference } from "@patchpilot/github";
import type { DecidedCase } from "../questions/case.ts";
import { type FixTarget, parseAttempt } from "./merges.ts";

/**
 * Says on each draft that an attempt left open that its incident was closed without it. Once, in the run that closes;
 * a refusal is reported and holds nothing up.
 *
 * @param closed what was closed and written
 * @param references pull requests that mention each issue
 * @returns a sentence on each draft that could not be commented on
 */
export async function commentOnDrafts(
  closed: readonly DecidedCase[],
  references: ReadonlyMap<number, readonly PullReference[]>,
  target: FixTarget,
): Promise<string[]> {
  const drafts = closed.flatMap((entry) =>
    (references.get(entry.case.issue) ?? [])
      .filter((pull) => pull.isDraft && parseAttempt(pull, entry.case.issue, target) !== undefined)
      .map((pull) => ({ pull, entry })),
  );
  if (drafts.length === 0) return [];
  const results = await target.github.mutate(
    drafts.map(({ pull, entry }) => ({
      field: "addComment",
      input: { subjectId: pull.id, body: writeComment(pull, entry, target) },
      select: "clientMutationId",
    })),
  );
  return drafts.flatMap(({ pull: { repository, number } }, index) => {
    const result = results[index];
    if (result === undefined || result.state === "done") return [];
    return [
      `The draft ${repository}#${number} is still open and could not be commented on: ${result.message}`,
    ];
  });
}

function writeComment(
  { repository }: PullReference,
  { case: { issue }, decision }: DecidedCase,
  { home }: FixTarget,
): string {
  const here = repository.toLowerCase() === home.toLowerCase();
  return [
    `${here ? "" : home}#${issue} was closed while this draft was open: ${inertSentence(decision.reason)}`,
    "",
    "The recovery does not need this change. Close the draft, or continue with it if you want the change anyway.",
  ].join("\n");
}
