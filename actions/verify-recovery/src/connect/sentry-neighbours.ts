import type { Pages, SentryIssue } from "@patchpilot/sentry";
import type { SentryError } from "../questions/case.ts";
import type { ErrorIdentity, Neighbourhood, TimeSpan } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** Pages of 100 errors, the most frequent first: more of them at once is an outage, and people know. */
const PAGES = 2;
/** Requests that ask narrower, where that many happened; the next run asks for what is left. */
const MOST_NARROWER = 6;

type Search = (query: string, maxPages: number) => Promise<Pages<SentryIssue>>;

/**
 * Reads what tells errors from others, and what else happened in their projects: two requests at once. Where more
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
  if (!all.truncated) return { own, others: all.rows.flatMap(toOther), crowded: new Set() };
  const narrow = narrowSearch(search);
  const places = await narrow(
    "transaction",
    [...own.values()].map(({ culprit }) => culprit),
  );
  const types = await narrow(
    "error.type",
    [...own.values()].map(({ type }) => type),
  );
  const rows = [...all.rows, ...places.rows, ...types.rows];
  const isCrowded = ({ culprit, type }: ErrorIdentity) =>
    places.unread.has(culprit ?? "") || types.unread.has(type ?? "");
  return {
    own,
    others: [...new Map(rows.map((row) => [row.id, row])).values()].flatMap(toOther),
    crowded: new Set([...own.values()].filter(isCrowded).map(({ shortId }) => shortId)),
  };
}

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

/** Asks for all values together, and in halves where one page does not hold what there is of them. */
function narrowSearch(search: Search) {
  let left = MOST_NARROWER;
  return async (key: string, values: readonly (string | null)[]) => {
    const rows: SentryIssue[] = [];
    const unread = new Set<string>();
    const ask = async (some: readonly string[]): Promise<void> => {
      if (some.length === 0) return;
      left -= 1;
      const page = left < 0 ? undefined : await search(`${key}:[${some.map(quote).join(",")}]`, 1);
      rows.push(...(page?.rows ?? []));
      if (page?.truncated === false) return;
      if (page === undefined || some.length === 1) {
        for (const value of some) unread.add(value);
        return;
      }
      const half = Math.ceil(some.length / 2);
      await ask(some.slice(0, half));
      await ask(some.slice(half));
    };
    const named = new Set(values.filter((value) => value !== null && value !== ""));
    await ask([...named].filter((value) => value !== null));
    return { rows, unread };
  };
}

/** In a list `*` is the character. */
const quote = (value: string): string => `"${value.replaceAll(/["\\]/g, "\\$&")}"`;

/** What a person resolved is over: Sentry opens it again where it is not. */
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
}: SentryIssue): ErrorIdentity[] {
  if (shortId === null) return [];
  const { type, value, filename, function: name } = metadata;
  const archived = status === "ignored";
  const message = value ?? title;
  return [
    { id, shortId, projectId: project.id, culprit, type, message, filename, function: name, count, archived },
  ];
}
