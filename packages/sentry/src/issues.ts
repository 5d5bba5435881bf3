import { HttpFailure } from "@patchpilot/http";
import { z } from "zod";
import type { SentryConnection, SentryQuery } from "./connection.ts";
import { toSentryTime } from "./instants.ts";
import { type SentryIssue, sentryIssueSchema } from "./issue.ts";
import { type Pages, readPages } from "./paging.ts";

export type SentryIssueSearch = {
  /** Sentry's search syntax; "" for all. Without one Sentry would show unresolved issues only. */
  readonly query: string;
  /** Ids or slugs; default: the connection's. */
  readonly projects?: readonly string[];
  readonly environment?: string;
  readonly sort?: "date" | "new" | "freq" | "user" | "trends" | "recommended" | "inbox";
  readonly start?: Date;
  readonly end?: Date;
  /** Issues a page, at most 100 (default). */
  readonly limit?: number;
  /** Default 10. */
  readonly maxPages?: number;
};

/** One issue by its numeric id, with release names, regressions and the issues that integrations linked. */
export async function getIssue(connection: SentryConnection, id: string): Promise<SentryIssue> {
  const { value } = await connection.ask({
    path: ["issues", id],
    query: { expand: ["integrationIssues", "latestEventHasAttachments"] },
    schema: sentryIssueSchema(),
    scope: "event:read",
    few: "issue",
  });
  return value;
}

/** The issue that a short id ("SHOP-1A") names. */
export async function resolveShortId(connection: SentryConnection, shortId: string): Promise<SentryIssue> {
  const { value } = await connection.ask({
    path: ["shortids", shortId],
    schema: z.object({ group: sentryIssueSchema() }),
    scope: "event:read",
    few: "issue",
  });
  return value.group;
}

/**
 * Leaves out what nobody reads. Not with `collapse=stats`: that hides counts, and the instants at which an issue was
 * seen first and last, too.
 */
const LEAN = { collapse: ["filtered", "lifetime"], groupStatsPeriod: "" } as const;

/**
 * Issues of a search, newest activity first unless sorted otherwise. Their counts and times are of the time and the
 * environment that were asked for.
 */
export async function listIssues(
  connection: SentryConnection,
  search: SentryIssueSearch,
): Promise<Pages<SentryIssue>> {
  const { maxPages = 10, limit = 100 } = search;
  return readPages(
    (cursor) =>
      connection.ask({
        path: ["issues"],
        query: {
          query: search.query,
          project: search.projects ?? connection.projects,
          environment: search.environment,
          sort: search.sort,
          start: search.start && toSentryTime(search.start),
          end: search.end && toSentryTime(search.end),
          limit,
          ...LEAN,
          cursor,
        },
        schema: z.array(sentryIssueSchema()),
        scope: "event:read",
      }),
    maxPages,
  );
}

/** Ids that one request names: all of them stand in its address. */
const IDS_A_REQUEST = 100;

/** Asks for issues by number, a hundred a request, in no order. */
export async function listNumbered(
  connection: SentryConnection,
  ids: readonly string[],
  query: SentryQuery,
  schema: z.ZodType<SentryIssue>,
): Promise<readonly SentryIssue[]> {
  const requests = Array.from({ length: Math.ceil(ids.length / IDS_A_REQUEST) }, (_, index) =>
    connection.ask({
      path: ["issues"],
      query: {
        group: ids.slice(index * IDS_A_REQUEST, (index + 1) * IDS_A_REQUEST),
        project: connection.projects,
        ...query,
      },
      schema: z.array(schema),
      scope: "event:read",
      few: "issue",
    }),
  );
  return (await Promise.all(requests)).flatMap(({ value }) => value);
}

/**
 * Issues by number, in no order, with first and last sight in the environment. What was deleted or merged into another
 * is missing, and refuses no one else.
 */
export const getIssuesById = (
  connection: SentryConnection,
  ids: readonly string[],
  environment?: string,
): Promise<readonly SentryIssue[]> =>
  listNumbered(connection, ids, { environment, ...LEAN }, sentryIssueSchema());

/** A search that Sentry refuses is halved so often at most: about four unknown ids among a hundred. */
const MOST_HALVINGS = 24;

/**
 * Issues by short id, up to 100 a request, in no order; ids that Sentry does not know are missing. Sentry refuses a
 * whole search for one id of a deleted issue (400), so a refused one is halved until that id stands alone. Where every
 * part is refused, the fault is in no id.
 */
export async function getIssues(
  connection: SentryConnection,
  shortIds: readonly string[],
): Promise<readonly SentryIssue[]> {
  const found: SentryIssue[] = [];
  let halvings = 0;
  let answers = 0;
  let refusal: HttpFailure | undefined;
  const search = async (ids: readonly string[]): Promise<void> => {
    try {
      const { rows } = await listIssues(connection, { query: `issue:[${ids.join(",")}]`, maxPages: 1 });
      answers += 1;
      found.push(...rows);
    } catch (error) {
      if (!(error instanceof HttpFailure) || error.kind !== "rejected") throw error;
      refusal = error;
      if (ids.length === 1) return;
      halvings += 1;
      if (halvings > MOST_HALVINGS) throw error;
      const half = Math.ceil(ids.length / 2);
      await search(ids.slice(0, half));
      await search(ids.slice(half));
    }
  };
  for (let from = 0; from < shortIds.length; from += 100) await search(shortIds.slice(from, from + 100));
  if (refusal !== undefined && answers === 0) throw refusal;
  return found;
}

/**
 * Marks an issue as resolved. Needs the scope event:write.
 * @param inRelease the version that holds the fix: older clients then do not reopen it.
 */
export async function resolveIssue(
  connection: SentryConnection,
  id: string,
  inRelease?: string,
): Promise<SentryIssue> {
  const { value } = await connection.ask({
    path: ["issues", id],
    method: "PUT",
    body: { status: "resolved", ...(inRelease === undefined ? {} : { statusDetails: { inRelease } }) },
    schema: sentryIssueSchema(),
    scope: "event:write",
  });
  return value;
}
