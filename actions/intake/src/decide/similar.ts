import { findSimilar, type Similarity } from "@patchpilot/evidence";
import type { Incident } from "@patchpilot/incident";

type Likeness = { readonly signature: string; readonly files: readonly string[]; readonly words: string };

/** A past incident that resembles this one. */
export type SimilarIncident = Likeness & {
  readonly issue: number;
  readonly url: string;
  readonly similarity: Similarity;
};

/** The closed incidents that resemble one most, by what was learnt from them. Pure. */
export function findSimilarPast(
  incident: Likeness,
  past: readonly Incident[],
  most: number,
): SimilarIncident[] {
  const comparable = past
    .filter(({ open }) => !open)
    .flatMap(({ number, url, records }) => {
      const record = records.incident?.data;
      if (record === undefined) return [];
      const lesson = [...records.recoveries.values()]
        .map((stored) => stored.data.lesson)
        .findLast((one) => one !== undefined);
      return [
        {
          issue: number,
          url,
          signature: lesson?.signature ?? record.signature ?? "",
          files: lesson !== undefined && lesson.files.length > 0 ? lesson.files : record.suspectFiles,
          words: [record.title, lesson?.cause ?? ""].join(" "),
        },
      ];
    });
  return findSimilar(incident, comparable, most).map(({ past: one, similarity }) => ({
    ...one,
    similarity,
  }));
}
