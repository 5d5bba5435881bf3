import { type GitHub, type RefState, type RepositoryName, readBranchHead } from "@patchpilot/github";
import { type Incident, isWatched, STANDING_WATCH } from "@patchpilot/incident";
import { MINUTE, WEEK } from "@patchpilot/time";
import * as z from "zod";
import { isRace, readFacts, watchRef, writeFacts } from "./fact-commits.ts";

/** A closed incident that is watched, with what Sentry is asked for it by. A hint: it is read whole before it is judged. */
export type WatchedEntry = {
  readonly issue: number;
  /** Numeric id in Sentry. */
  readonly sentryId: string;
  readonly projectId: string | null;
  /** In milliseconds, to the minute. */
  readonly closedAt: number;
};

/** The index of what is watched: a ref for the closes of each week, which nobody reads any more when its watch is over. */
export type WatchIndex = {
  readonly entries: readonly WatchedEntry[];
  /** By ref: the commit that a change must follow; undefined: there is no such ref. */
  readonly oids: ReadonlyMap<string, string | undefined>;
};

const NUMERIC = /^\d{1,20}$/;
/** What GitHub takes for an issue: one number that it refuses would refuse the whole query, in each run. */
const issueSchema = z.int32().positive();
const entrySchema = z.tuple([issueSchema, z.string().regex(NUMERIC), z.string().nullable(), z.int()]);
const factsSchema = z.looseObject({ watched: z.record(z.string(), z.array(z.unknown())) });

const nameWeek = (closedAt: number): string =>
  watchRef(new Date(Math.floor(closedAt / WEEK) * WEEK).toISOString().slice(0, 10));

/** The refs that hold what is watched now. */
export function watchRefs(now: number): string[] {
  const refs: string[] = [];
  for (let at = now; at > now - STANDING_WATCH - WEEK; at -= WEEK) refs.push(nameWeek(at));
  return refs;
}

/** Reads the index from the refs; what is not an entry, or no longer watched, is left out. Pure. */
export function readWatchIndex(refs: ReadonlyMap<string, RefState | undefined>, now: number): WatchIndex {
  const names = watchRefs(now);
  const entries = names.flatMap((name) => {
    const facts = factsSchema.safeParse(readFacts(refs.get(name)?.message ?? ""));
    return (facts.data?.watched[name] ?? []).flatMap((tuple) => toEntry(tuple, name, now));
  });
  return { entries, oids: new Map(names.map((name) => [name, refs.get(name)?.oid])) };
}

function toEntry(tuple: unknown, name: string, now: number): WatchedEntry[] {
  const read = entrySchema.safeParse(tuple);
  if (!read.success) return [];
  const [issue, sentryId, projectId, minutes] = read.data;
  const closedAt = minutes * MINUTE;
  const isOwn = nameWeek(closedAt) === name && now < closedAt + STANDING_WATCH;
  return isOwn ? [{ issue, sentryId, projectId, closedAt }] : [];
}

/** The entry of an incident; none where it is not watched or Sentry's number of it is not known. Pure. */
function toWatched({ number, open, phase, episode, records }: Incident, now: number): WatchedEntry[] {
  const { issueId, projectId = null } = records.incident?.data.sentry ?? {};
  const closedAt = records.recoveries.get(episode)?.data.closedAt;
  if (open || phase !== "recovered" || closedAt === undefined || !isWatched(Date.parse(closedAt), now))
    return [];
  if (issueId === undefined || !NUMERIC.test(issueId)) return [];
  const minute = Math.floor(Date.parse(closedAt) / MINUTE) * MINUTE;
  return [{ issue: number, sentryId: issueId, projectId, closedAt: minute }];
}

/** What a run read of watched incidents. */
type Reread = {
  readonly incidents: readonly Incident[];
  /** Issues that were asked for and do not exist: they were deleted, or moved to another repository. */
  readonly missing?: readonly number[] | undefined;
};

/**
 * The entries after some incidents were read whole: theirs are what was read, the others stay. Pure.
 * @returns by ref, those of each week that changed
 */
export function changeWatched(
  { entries }: WatchIndex,
  { incidents, missing = [] }: Reread,
  now: number,
): ReadonlyMap<string, readonly WatchedEntry[]> {
  const read = new Set([...incidents.map(({ number }) => number), ...missing]);
  const after = [
    ...entries.filter(({ issue }) => !read.has(issue)),
    ...incidents.flatMap((incident) => toWatched(incident, now)),
  ].sort((a, b) => a.issue - b.issue);
  const before = Map.groupBy(entries, ({ closedAt }) => nameWeek(closedAt));
  const next = Map.groupBy(after, ({ closedAt }) => nameWeek(closedAt));
  const weeks = [...new Set([...before.keys(), ...next.keys()])];
  const write = (list: readonly WatchedEntry[] = []) =>
    JSON.stringify(list.toSorted((a, b) => a.issue - b.issue));
  return new Map(
    weeks
      .filter((week) => write(before.get(week)) !== write(next.get(week)))
      .map((week) => [week, next.get(week) ?? []]),
  );
}

/**
 * Writes the weeks that changed in one commit, each ref on its own. Where another run was first, its entries stand: the
 * pages that are read in turn bring back what is missing.
 * @returns why GitHub refused it; undefined where it did not
 * @throws HttpFailure where the token may not write commits
 */
export async function writeWatchIndex(
  github: GitHub,
  repository: RepositoryName & { readonly nodeId: string },
  { oids }: WatchIndex,
  changes: ReadonlyMap<string, readonly WatchedEntry[]>,
): Promise<string | undefined> {
  if (changes.size === 0) return undefined;
  const watched = Object.fromEntries(
    [...changes].map(([name, entries]) => [
      name,
      entries.map(({ issue, sentryId, projectId, closedAt }) => [
        issue,
        sentryId,
        projectId,
        closedAt / MINUTE,
      ]),
    ]),
  );
  const { results } = await writeFacts(
    github,
    repository,
    {
      title: "PatchPilot watched incidents",
      facts: { watched },
      base: await readBranchHead(github, repository),
    },
    [...changes.keys()].map((name) => ({ name, from: oids.get(name) })),
  );
  return results.flatMap((result) =>
    result.state === "refused" && !isRace(result.message) ? [result.message] : [],
  )[0];
}
