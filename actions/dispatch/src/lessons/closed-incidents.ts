import { cleanText } from "@patchpilot/evidence";
import { HttpFailure } from "@patchpilot/http";
import {
  type ClosedLesson,
  findLesson,
  type Incident,
  type Lesson,
  listTeachers,
} from "@patchpilot/incident";
import type { Opening } from "../decide/choice.ts";
import type { DispatchPorts } from "../ports.ts";
import type { DispatchReading } from "../read/facts.ts";

/** Most lessons that a work order carries. */
const MOST_LESSONS = 3;

/** By issue number. */
export type ClosedLessons = ReadonlyMap<number, readonly ClosedLesson[]>;

/**
 * What closed incidents with the same signature taught: the incident itself in an earlier episode, and those that its
 * record calls similar. One request for all that were not read yet, and none where no other has that signature. Only
 * what a record says counts, so a comment that no key signed teaches nothing.
 */
export async function recallClosed(
  openings: readonly Opening[],
  { ledger, related }: Pick<DispatchReading, "ledger" | "related">,
  ports: Pick<DispatchPorts, "readLedger" | "secrets">,
): Promise<ClosedLessons> {
  const known = new Map([...ledger.incidents, ...related].map((incident) => [incident.number, incident]));
  const unread = new Set(openings.flatMap(({ facts: { incident } }) => listTeachers(incident)));
  for (const number of known.keys()) unread.delete(number);
  for (const incident of await readClosed([...unread], ports)) known.set(incident.number, incident);
  return new Map(
    openings.map(({ facts: { incident } }): [number, readonly ClosedLesson[]] => {
      const signature = incident.records.incident?.data.signature;
      const lessons = [incident.number, ...listTeachers(incident)].flatMap((issue): ClosedLesson[] => {
        const lesson = findLesson(known.get(issue)?.records ?? NOTHING, signature);
        return lesson === undefined ? [] : [{ issue, lesson: cleanLesson(lesson, ports.secrets) }];
      });
      return [incident.number, lessons.slice(0, MOST_LESSONS)];
    }),
  );
}

const NOTHING = { recoveries: new Map(), attempts: new Map() };

async function readClosed(
  numbers: readonly number[],
  { readLedger }: Pick<DispatchPorts, "readLedger">,
): Promise<readonly Incident[]> {
  if (numbers.length === 0) return [];
  try {
    return (await readLedger({ numbers }, [])).incidents;
  } catch (error) {
    if (error instanceof HttpFailure) return [];
    throw error;
  }
}

/** Cleaned when it was written, and again, since this job may hold other secrets. */
function cleanLesson(lesson: Lesson, secrets: readonly string[]): Lesson {
  const clean = (text: string, singleLine = true) =>
    cleanText(text, { maxLength: 1_500, secrets, singleLine }).text;
  const { signature, outcome, confidence, pullRequest, files, diff, verdict, declined } = lesson;
  return {
    signature: clean(signature),
    outcome: clean(outcome),
    confidence,
    files: files.map((file) => clean(file)),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(diff === undefined ? {} : { diff: clean(diff, false) }),
    ...(verdict === undefined ? {} : { verdict: clean(verdict) }),
    ...(declined === undefined
      ? {}
      : { declined: declined.map(({ by, text }) => ({ by, text: clean(text) })) }),
  };
}
