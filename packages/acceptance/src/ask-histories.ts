import type { TouchingCommit } from "@patchpilot/evidence";
import type { Tolerate } from "@patchpilot/http";
import type { CodeReader, HistoryQuestion } from "./ports.ts";

/**
 * Asks for the histories of many incidents at once, if there is anything to ask.
 * @param plans the questions of each incident
 * @returns the commits of each incident, one entry a commit with all the files that it touched
 */
export async function askHistories(
  plans: readonly (readonly HistoryQuestion[])[],
  code: CodeReader,
  tolerate: Tolerate,
  most = Number.POSITIVE_INFINITY,
): Promise<TouchingCommit[][]> {
  const questions = plans.flat().slice(0, most);
  const answers =
    questions.length === 0
      ? []
      : ((await tolerate("The history of suspect files could not be read", () =>
          code.readHistory(questions),
        )) ?? []);
  let next = 0;
  return plans.map(({ length }) => {
    const own = answers.slice(next, next + length).flat();
    next += length;
    return mergeCommits(own);
  });
}

function mergeCommits(answers: readonly TouchingCommit[]): TouchingCommit[] {
  const merged = new Map<string, TouchingCommit>();
  for (const commit of answers) {
    const files = [...(merged.get(commit.sha)?.files ?? []), ...commit.files];
    merged.set(commit.sha, { ...commit, files: [...new Set(files)] });
  }
  return [...merged.values()];
}
