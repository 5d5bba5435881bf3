import type { Pages, SentryIssue } from "@patchpilot/sentry";
import type { SentryError } from "../questions/case.ts";
import type { ErrorIdentity, Neighbourhood, TimeSpan } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** Pages of 100 errors, the most frequent first: more of them at once is an outage, and people know. */
const PAGES = 2;
/** Requests that ask narrower by place, and by type, where that many happened; the next run asks for what is left. */
const MOST_NARROWER = 3;

type Search = (query: string, maxPages: number) => Promise<Pages<SentryIssue>>;

/**
 * Reads the identities of errors, and what else happened in their projects: two requests at once. Where more
 * happened than two pages hold, the transactions and the types of the errors are asked for, in halves until they fit.
 */
export async function readNeighbours(
  access: SentryAccess,
  errors: readonly SentryError[],
  span: TimeSpan,
): Promise<Neighbourhood> {
  const search = makeSearch(access, errors, span);
  const [found, all] = await Promise.all([
    access.ask().getIssues(errors.map(({ shortId }) => shortId)),
    search("", PAGES),
  ]);
  const own = new Map(found.flatMap(toIdentity).map((identity) => [identity.shortId, identity]));
  if (!all.truncated) return { own, others: all.rows.flatMap(toOther), crowded: new Map() };
  const narrow = narrowSearch(search);
  const places = await narrow(
    "transaction",
    [...own.values()].map(({ culprit }) => culprit),
  );
  const types = await narrow(
    "error.type",
    [...own.values()].map(({ thrown }) => thrown.type),
  );
  const rows = [...all.rows, ...places.rows, ...types.rows];
  const mostUnread = readRarest(all.rows);
  const crowded = [...own.values()].map(({ shortId, culprit, thrown }): [string, number] => {
    const unread = Math.max(places.unread.get(culprit ?? "") ?? 0, types.unread.get(thrown.type ?? "") ?? 0);
    return [shortId, Math.min(mostUnread, unread)];
  });
  return {
    own,
    others: [...new Map(rows.map((row) => [row.id, row])).values()].flatMap(toOther),
    crowded: new Map(crowded.filter(([, unread]) => unread > 0)),
  };
}

/** How often the last one of a list happened, the most frequent first: what is not in it happened no more often. */
const readRarest = (rows: readonly SentryIssue[]): number => rows.at(-1)?.count ?? Number.POSITIVE_INFINITY;

/** How often errors happened, one request for a hundred. */
export const countErrors = (
  { ask, environment }: SentryAccess,
  errors: readonly SentryError[],
  { from, until }: TimeSpan,
): Promise<ReadonlyMap<string, number>> =>
  ask().countIssueEvents(errors.flatMap(toCounted), {
    start: new Date(from),
    end: new Date(until),
    environment,
  });

/** An error as questions to Explore name it; none without its id. */
export const toCounted = ({ id, shortId, projectId }: SentryError) =>
  id === null ? [] : [{ id, shortId, ...(projectId === null ? {} : { projectId }) }];

function makeSearch(
  { ask, environment }: SentryAccess,
  errors: readonly SentryError[],
  { from, until }: TimeSpan,
): Search {
  const projects = errors.map(({ projectId }) => projectId);
  const place = projects.every((project) => project !== null) ? { projects: [...new Set(projects)] } : {};
  const window = { start: new Date(from), end: new Date(until) };
  return (query, maxPages) =>
    ask().listIssues({
      query: `issue.category:error ${query}`.trim(),
      environment,
      sort: "freq",
      ...place,
      ...window,
      maxPages,
    });
}

/**
 * Asks for all values together, and in halves where one page does not hold what there is of them: all of one size before
 * the next, so one crowded value leaves most of the others to be read.
 */
const narrowSearch = (search: Search) => async (key: string, values: readonly (string | null)[]) => {
  const rows: SentryIssue[] = [];
  const unread = new Map<string, number>();
  const named = [...new Set(values.flatMap((value) => value || []))];
  const left = [named];
  for (let asked = 0; left.length > 0; asked++) {
    const some = left.shift() ?? [];
    if (some.length === 0) break;
    const page = asked < MOST_NARROWER ? await search(`${key}:[${some.map(quote).join(",")}]`, 1) : undefined;
    rows.push(...(page?.rows ?? []));
    if (page?.truncated === false) continue;
    if (page === undefined || some.length === 1) {
      for (const value of some) unread.set(value, readRarest(page?.rows ?? []));
      continue;
    }
    const half = Math.ceil(some.length / 2);
    left.push(some.slice(0, half), some.slice(half));
  }
  return { rows, unread };
};

/** In a list `*` is the character. */
const quote = (value: string): string => `"${value.replaceAll(/["\\]/g, "\\$&")}"`;

/** What someone resolved is over: Sentry opens it again where it is not. */
const toOther = (issue: SentryIssue): ErrorIdentity[] =>
  issue.status === "resolved" ? [] : toIdentity(issue);

function toIdentity({
  id,
  shortId,
  title,
  status,
  project,
  culprit,
  metadata,
  count,
  userCount: users,
  lastSeen: last,
}: SentryIssue): ErrorIdentity[] {
  if (shortId === null) return [];
  const { type, value, filename, function: called } = metadata;
  const thrown = { type, message: value ?? title };
  const frame = { filename, function: called };
  const archived = status === "ignored";
  const lastSeen = Date.parse(last ?? "") || null;
  return [{ id, shortId, projectId: project.id, culprit, thrown, frame, archived, count, users, lastSeen }];
}
