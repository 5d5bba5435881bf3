import type { SentryIssue } from "@patchpilot/sentry";
import type { SightOfError, SightQuestion } from "../ports.ts";
import type { SentryAccess } from "./sentry.ts";

/** How often and when Sentry saw each error, in lists: by number where it is known, else by short id. */
export async function readLastSights(
  { ask, environment }: SentryAccess,
  questions: readonly SightQuestion[],
): Promise<ReadonlyMap<number, SightOfError>> {
  const ids = questions.flatMap(({ error }) => error.id ?? []);
  const shortIds = questions.flatMap(({ error }) => (error.id === null ? error.shortId : []));
  const [numbered, named] = await Promise.all([
    ids.length === 0 ? [] : ask().getIssuesById(ids, environment),
    shortIds.length === 0 ? [] : ask().getIssues(shortIds),
  ]);
  const byId = new Map(numbered.map((issue) => [issue.id, issue]));
  const byShortId = new Map(named.map((issue) => [issue.shortId, issue]));
  return new Map(
    questions.flatMap(({ issue, error }): [number, SightOfError][] => {
      const found = error.id === null ? byShortId.get(error.shortId) : byId.get(error.id);
      return found === undefined ? [] : [[issue, readSight(found)]];
    }),
  );
}

function readSight({ lastSeen, count, userCount }: SentryIssue): SightOfError {
  const at = Date.parse(lastSeen ?? "");
  return { lastSeen: Number.isNaN(at) ? null : at, count, users: userCount };
}
