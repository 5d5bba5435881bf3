import { cleanText } from "@patchpilot/evidence";
import { findLesson, type Incident, lessonText } from "@patchpilot/incident";
import type { SimilarIncident } from "./similar.ts";

/** What an incident with the same signature taught: clean text over several lines. */
export type Recalled = { readonly issue: number; readonly url: string; readonly text: string };

/** Most characters of one lesson in a comment, which also travels in the work order. */
const LESSON_LENGTH = 2_000;

/**
 * The lessons of this incident's earlier episodes and of the similar ones, as far as their records leave one for this
 * very signature: others are linked, and teach nothing. Pure.
 */
export function recallLessons(
  incident: Incident,
  similar: readonly SimilarIncident[],
  past: readonly Incident[],
  signature: string,
  secrets: readonly string[],
): Recalled[] {
  const numbers = new Set(similar.map(({ issue }) => issue));
  const taught = [incident, ...past.filter(({ number }) => numbers.has(number))];
  return taught.flatMap(({ number, url, records }): Recalled[] => {
    const lesson = findLesson(records, signature);
    if (lesson === undefined) return [];
    const { text } = cleanText(lessonText(lesson), { maxLength: LESSON_LENGTH, secrets });
    return [{ issue: number, url, text }];
  });
}
