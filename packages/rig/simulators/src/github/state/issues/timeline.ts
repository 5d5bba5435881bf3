import type { TimelineRecord } from "../records.ts";
import type { WriteScope } from "../scope.ts";

/** Adds one entry to an issue's timeline, by the scope's actor, now. */
export function addToTimeline(
  { world, repository, hand }: WriteScope,
  entry: Pick<TimelineRecord, "issueNumber" | "kind"> &
    Partial<Pick<TimelineRecord, "label" | "stateReason" | "sourceNumber">>,
): TimelineRecord {
  const record: TimelineRecord = {
    id: world.takeId(),
    actor: hand.actor,
    createdAt: world.now(),
    label: null,
    stateReason: null,
    sourceNumber: null,
    ...entry,
  };
  return repository.timeline.set(record.id, record);
}

/** Numbers of issues that a text mentions as `#12`, or as `owner/name#12` of this repository. */
export function mentionedNumbers(text: string, fullName: string): number[] {
  const numbers = new Set<number>();
  for (const [, repository, number] of text.matchAll(/(?<![\w/])([\w.-]+\/[\w.-]+)?#(\d+)\b/g)) {
    if (repository === undefined || repository.toLowerCase() === fullName.toLowerCase()) {
      numbers.add(Number(number));
    }
  }
  return [...numbers];
}

/** Numbers that a pull request's body closes when it is merged: `Fixes #12` and its kin. */
export function closingNumbers(text: string, fullName: string): number[] {
  const phrases =
    text.match(/\b(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?#\d+/gi) ?? [];
  return phrases.flatMap((phrase) => mentionedNumbers(phrase, fullName));
}

/** Notes on every issue that a text mentions that it was mentioned there. */
export function noteMentions(scope: WriteScope, text: string | null, sourceNumber: number): void {
  for (const number of mentionedNumbers(text ?? "", scope.repository.fullName)) {
    if (number === sourceNumber || scope.repository.issues.get(number) === undefined) continue;
    const known = scope.repository.timeline
      .listGroup(number)
      .some((entry) => entry.kind === "cross-referenced" && entry.sourceNumber === sourceNumber);
    if (!known) addToTimeline(scope, { issueNumber: number, kind: "cross-referenced", sourceNumber });
  }
}
