import { REOPEN } from "./incident.ts";
import type { Records } from "./record-table.ts";
import type { AttemptRecord, Lesson } from "./records.ts";

/** A record's data is at most 4 KB; a lesson takes what the rest of it leaves. */
const RECORD_ROOM = 4_000;
/** Most lines of the diff, and most characters of each. */
const DIFF_LINES = 10;
const DIFF_LINE_LENGTH = 120;
const MOST_FILES = 8;
const MOST_PATH = 160;

/** What is known of a fix when its incident closes; texts are clean. */
export type LessonFacts = {
  readonly signature: string;
  readonly confidence: number;
  readonly outcome: string;
  /** What the verdict said, in one sentence. */
  readonly verdict: string;
  readonly pullRequest: number | undefined;
  readonly files: readonly string[];
  /** Lines that the fix took out or put in. */
  readonly diff: readonly string[];
  readonly attempts: readonly AttemptRecord[];
};

/** What an incident leaves to the next one of its kind, when it closes. Pure. */
export function composeLesson(facts: LessonFacts): Lesson {
  const { signature, confidence, outcome, verdict, pullRequest, attempts } = facts;
  const declined = attempts.flatMap(({ declined: words }) => words ?? []);
  const diff = facts.diff.slice(0, DIFF_LINES).map((line) => line.slice(0, DIFF_LINE_LENGTH).toWellFormed());
  return {
    signature,
    confidence,
    outcome,
    verdict,
    files: facts.files.filter((path) => path.length <= MOST_PATH).slice(0, MOST_FILES),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(diff.length > 0 ? { diff: diff.join("\n") } : {}),
    ...(declined.length > 0 ? { declined } : {}),
  };
}

/** Shortens a lesson until it fits into a record beside the rest: the diff first, from its end. Pure. */
export function fitLesson(lesson: Lesson, rest: object, room = RECORD_ROOM): Lesson | undefined {
  const size = (tried: Lesson): number => Buffer.byteLength(JSON.stringify({ ...rest, lesson: tried }));
  const lines = lesson.diff?.split("\n") ?? [];
  const { diff: _, declined, verdict, ...core } = lesson;
  const words = { ...(verdict === undefined ? {} : { verdict }) };
  const tries: Lesson[] = [
    ...lines.map(
      (_line, cut): Lesson => ({ ...lesson, diff: lines.slice(0, lines.length - cut).join("\n") }),
    ),
    { ...core, ...words, ...(declined === undefined ? {} : { declined }) },
    { ...core, ...words },
    core,
    { ...core, files: [] },
  ];
  return tries.find((tried) => size(tried) <= room);
}

/** Closed incidents that may have left a lesson for one, as its record says. */
export function listTeachers({
  records,
}: {
  readonly records: Pick<Records, "incident">;
}): readonly number[] {
  const { sameSignature, similar = [] } = records.incident?.data ?? {};
  return sameSignature ?? similar;
}

/**
 * What an incident teaches another one with the same signature: the newest lesson that it left, or, where it never
 * recovered, what became of its attempts. Undefined: nothing, or only of another signature. Pure.
 */
export function findLesson(
  { recoveries, attempts, incident }: Pick<Records, "recoveries" | "attempts" | "incident">,
  signature: string | undefined,
): Lesson | undefined {
  if (!signature) return undefined;
  const closes = [...recoveries.values()].map(({ data }) => data).sort((a, b) => b.episode - a.episode);
  for (const { lesson, decision } of closes)
    if (lesson?.signature === signature)
      return decision === REOPEN ? { ...lesson, outcome: "recovered, and came back" } : lesson;
  const accepted = incident?.data;
  if (accepted?.signature !== signature) return undefined;
  const ended = [...attempts.values()]
    .map(({ data }) => data)
    .filter(({ declined }) => declined !== undefined);
  const last = ended.at(-1);
  if (last === undefined) return undefined;
  return composeLesson({
    signature,
    confidence: accepted.confidence,
    outcome: "declined",
    verdict: "",
    pullRequest: last.pullRequest,
    files: [],
    diff: [],
    attempts: ended,
  });
}

/** A lesson as lines of plain text: data, for a fence. */
export function lessonText({
  outcome,
  pullRequest,
  files,
  verdict,
  declined = [],
  diff,
  cause,
  fix,
}: Lesson): string {
  return [
    `outcome: ${outcome}`,
    ...(pullRequest === undefined ? [] : [`pull request: ${pullRequest}`]),
    ...(files.length === 0 ? [] : [`files: ${files.join(", ")}`]),
    ...(cause ? [`cause: ${cause}`] : []),
    ...(fix ? [`fix: ${fix}`] : []),
    ...(verdict ? [`verdict: ${verdict}`] : []),
    ...declined.map(({ by, text }) => `declined by ${by}: ${text}`),
    ...(diff ? ["change:", ...diff.split("\n").map((line) => `  ${line}`)] : []),
  ].join("\n");
}
