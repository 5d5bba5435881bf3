import { inlineCode, link } from "@patchpilot/evidence";
import type { IncidentRecord } from "@patchpilot/incident";
import type { Gathered, TogetherIssue } from "../facts.ts";

const MOST_NAMED = 10;

/** Further issues of Sentry's that are an incident, too, as a cell of its table. */
export const linkTogether = ({ together = [] }: Gathered): string =>
  [
    ...together.slice(0, MOST_NAMED).map(({ shortId, url }) => link(shortId, url)),
    ...(together.length > MOST_NAMED ? [`${together.length - MOST_NAMED} more`] : []),
  ].join(", ");

/** The same for those that came later; null if the frozen text names all. */
export function togetherNote(together: IncidentRecord["together"], frozen: string): string | null {
  const later = (together ?? []).map(({ shortId }) => shortId).filter((id) => !frozen.includes(`[${id}](`));
  return later.length === 0 ? null : `${nameIssues(later)} the same error, and no issue is opened for that.`;
}

/** What a run put together, and where, one sentence an incident. */
export const describeTogether = (
  candidates: readonly {
    readonly incident: { readonly number: number };
    readonly together?: readonly TogetherIssue[];
  }[],
  joined: ReadonlyMap<number, readonly TogetherIssue[]>,
): string[] =>
  [
    ...candidates.map(({ incident, together = [] }) => [incident.number, together] as const),
    ...joined,
  ].flatMap(([issue, together]) =>
    together.length === 0
      ? []
      : [
          `${nameIssues(together.map(({ shortId }) => shortId))} the same error as #${issue} and put together with it.`,
        ],
  );

/** `In Sentry, A and B are` */
const nameIssues = (ids: readonly string[]): string => {
  const named = ids.slice(0, MOST_NAMED).map((id) => inlineCode(id));
  const more = ids.length > named.length ? ` and ${ids.length - named.length} more` : "";
  return `In Sentry, ${named.join(", ")}${more} ${ids.length === 1 ? "is" : "are"}`;
};
