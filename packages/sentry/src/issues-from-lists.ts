import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { type CountedIssue, issueNamed, issuesQuery, narrowProjects } from "./error-events.ts";
import { askTable } from "./explore.ts";
import { toSentryTime } from "./instants.ts";
import { type SentryIssue, sentryIssueSchema } from "./issue.ts";
import { listNumbered } from "./issues.ts";

/** Errors are kept for 30 days in the least plan; of an older issue, the first release is in its own reply alone. */
const KEPT_MS = 30 * 86_400_000;
const MINUTE_MS = 60_000;

/** Counts and times over the issue's life, which a list has beside those of the time that is asked about. */
const lifetimeSchema = z.looseObject({ lifetime: z.looseObject({}).nullish() });
const rowSchema = () =>
  z.preprocess((row) => {
    const { data } = lifetimeSchema.safeParse(row);
    return data ? { ...data, ...data.lifetime } : row;
  }, sentryIssueSchema());

const WHOLE = { expand: "integrationIssues", collapse: "filtered", groupStatsPeriod: "" } as const;

/**
 * Issues by number as `getIssue` reads them, a hundred a request, but without releases and returns. What was deleted or merged
 * into another is missing.
 */
export const listWholeIssues = (
  connection: SentryConnection,
  ids: readonly string[],
): Promise<readonly SentryIssue[]> => listNumbered(connection, ids, WHOLE, rowSchema());

/** Issues that one question about releases names. */
const MOST_NAMED = 100;

/**
 * Completes issues that were listed whole, so that they are as `getIssue` reads them; but their last release is null. One
 * question for up to a hundred.
 * @returns by id. Those of which lists do not say enough are missing: what came back, for when it did so is in its own
 *   reply alone; and what is older than a month.
 */
export async function addFirstReleases(
  connection: SentryConnection,
  listed: readonly SentryIssue[],
): Promise<ReadonlyMap<string, SentryIssue>> {
  const telling = listed.slice(0, MOST_NAMED).filter(isTelling);
  if (telling.length === 0) return new Map();
  const releases = await findFirstReleases(connection, telling);
  return new Map(
    releases === undefined
      ? []
      : telling.map((issue) => {
          const version = releases.get(issue.id);
          const firstRelease = version === undefined ? null : { version, dateCreated: null };
          return [issue.id, { ...issue, firstRelease }];
        }),
  );
}

type Telling = SentryIssue & {
  readonly shortId: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
};

const isTelling = (issue: SentryIssue): issue is Telling => {
  const { shortId, firstSeen, lastSeen, substatus, status } = issue;
  if (shortId === null || firstSeen === null || lastSeen === null) return false;
  const isYoung = Date.parse(lastSeen) - Date.parse(firstSeen) < KEPT_MS;
  return isYoung && status === "unresolved" && (substatus === "new" || substatus === "ongoing");
};

/** The release of each issue's first event, by id; undefined if there are more than can be read. */
async function findFirstReleases(
  connection: SentryConnection,
  issues: readonly Telling[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const instants = issues.flatMap(({ firstSeen, lastSeen }) => [Date.parse(firstSeen), Date.parse(lastSeen)]);
  const counted = issues.map(
    ({ id, shortId, project }): CountedIssue => ({ id, shortId, projectId: project.id }),
  );
  const query = {
    dataset: "errors",
    field: ["issue", "release", "min(timestamp)", "count()"],
    query: issuesQuery(counted),
    sort: "-count()",
    start: toSentryTime(new Date(Math.min(...instants) - MINUTE_MS)),
    end: toSentryTime(new Date(Math.max(...instants) + MINUTE_MS)),
    project: narrowProjects(connection, counted),
  };
  const { rows, truncated } = await askTable(connection, query, 3);
  if (truncated) return undefined;
  const first = new Map<string, { readonly at: number; readonly release: string }>();
  for (const row of rows) {
    const id = issueNamed(counted, row["issue"])?.id;
    const at = Date.parse(String(row["min(timestamp)"]));
    const { release } = row;
    if (id === undefined || Number.isNaN(at) || typeof release !== "string" || release === "") continue;
    if (at < (first.get(id)?.at ?? Number.POSITIVE_INFINITY)) first.set(id, { at, release });
  }
  return new Map([...first].map(([id, { release }]) => [id, release]));
}
