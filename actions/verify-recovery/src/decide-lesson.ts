import { cleanText } from "@patchpilot/evidence";
import { composeLesson, fitLesson, type Lesson, type RecoveryRecord } from "@patchpilot/incident";
import type { VerifyDecision } from "./facts.ts";
import type { FixedFile, VerifyCase } from "./questions/case.ts";

const MOST_LINES = 10;
const VERDICT_LENGTH = 200;
/** Files that say little of a fix; their lines come last. */
const ASIDE =
  /(^|[/._-])(tests?|specs?|__tests__|__snapshots__|fixtures)([/._-]|$)|lock(file)?\b|\.(lock|snap|md|txt)$/i;

/**
 * What an incident leaves when it closes, as large as the rest of the record allows; undefined where it has no signature
 * that another one could share. Pure.
 * @param change the files of the merged pull request; empty where they were not read
 * @param secrets values of the job's secrets, which no text may show
 */
export function learnFrom(
  { teaches, merge }: Pick<VerifyCase, "teaches" | "merge">,
  { verdict, reason }: VerifyDecision,
  rest: Omit<RecoveryRecord, "lesson">,
  change: readonly FixedFile[],
  secrets: readonly string[],
): Lesson | undefined {
  if (teaches === undefined) return undefined;
  const clean = (text: string, maxLength: number, singleLine = true) =>
    cleanText(text, { maxLength, secrets, singleLine }).text;
  const files = change.toSorted((a, b) => Number(ASIDE.test(a.path)) - Number(ASIDE.test(b.path)));
  return fitLesson(
    composeLesson({
      ...teaches,
      outcome: verdict === "recovered" ? "recovered" : `closed (${verdict})`,
      verdict: clean(reason, VERDICT_LENGTH),
      pullRequest: merge?.pullRequest ?? undefined,
      files: files.map(({ path }) => clean(path, 240)),
      diff: clean(listChanges(files).join("\n"), 1_500, false)
        .split("\n")
        .filter((line) => line !== ""),
    }),
    rest,
  );
}

/** The first lines that the fix took out and put in, without those that are blank. */
const listChanges = (files: readonly FixedFile[]): string[] =>
  files
    .flatMap(({ patch = "" }) => patch.split("\n"))
    .filter((line) => /^[+-](?!\s*$)/.test(line))
    .slice(0, MOST_LINES);
