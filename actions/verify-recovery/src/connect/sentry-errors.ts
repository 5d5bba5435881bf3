import { omitUndefined } from "@patchpilot/optional";
import { type ErrorBuckets, isBroken, isUnsupported, type ReleaseErrors } from "@patchpilot/sentry";
import { alignAnchor } from "@patchpilot/verdict";
import type { ErrorQuestion } from "../ports.ts";
import type { EnvironmentEvents, ErrorHistory } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

type Point = ErrorHistory["points"][number];
/** A question whose error Sentry knows by number. */
type Named = ErrorQuestion & { readonly id: string; readonly cut: number };

/** Single errors that one table of Sentry is asked for; an error with more is asked for by release. */
const MOST_ROWS = 1_000;

/**
 * Counts errors in five-minute buckets, and tells those since the deploy apart by release: old clients keep the
 * old bug. Few errors since are read one by one, all incidents together; loud ones are asked for one incident a
 * request.
 */
export async function readErrorHistories(
  sentry: SentryAccess,
  questions: readonly ErrorQuestion[],
): Promise<ReadonlyMap<number, ErrorHistory>> {
  const named = await nameIssues(sentry, questions);
  const buckets = await readBuckets(sentry, named);
  const known = named.filter(({ id }) => buckets.has(id));
  const [since, environments] = await Promise.all([
    readSince(sentry, known, buckets),
    readElsewhere(
      sentry,
      known.filter(({ id }) => listPoints(buckets.get(id)).length === 0),
    ),
  ]);
  return new Map(
    known.map((question) => {
      const places = environments.get(question.id);
      const history = joinHistory(question, buckets.get(question.id), since);
      const elsewhere = places && { asked: sentry.environment, places };
      return [question.issue, omitUndefined({ ...history, elsewhere })];
    }),
  );
}

/**
 * Errors that never occur in the environment that is asked about: SDKs name environments in ways that few people expect
 * (on Vercel, Sentry's says `vercel-production`). A Sentry that refuses the question, or fails at it, leaves it open.
 */
async function readElsewhere(
  { ask, environment }: SentryAccess,
  questions: readonly Named[],
): Promise<ReadonlyMap<string, readonly EnvironmentEvents[]>> {
  if (questions.length === 0) return new Map();
  const window = {
    start: new Date(Math.min(...questions.map(({ window: { from } }) => from))),
    end: new Date(Math.max(...questions.map(({ window: { until } }) => until))),
  };
  try {
    const counts = await ask().errorEnvironments(questions.map(nameCounted), window);
    return new Map(
      [...counts].filter(([, places]) => places.every((one) => one.environment !== environment)),
    );
  } catch (error) {
    if (isUnsupported(error) || isBroken(error)) return new Map();
    throw error;
  }
}

/** Incidents that were accepted by their text alone know the short id only. */
async function nameIssues(
  { ask }: SentryAccess,
  questions: readonly ErrorQuestion[],
): Promise<readonly Named[]> {
  const unnamed = questions.filter(({ error }) => error.id === null).map(({ error }) => error.shortId);
  const found = unnamed.length === 0 ? [] : await ask().getIssues(unnamed);
  const ids = new Map(found.map(({ shortId, id }) => [shortId, id]));
  return questions.flatMap((question) => {
    const id = question.error.id ?? ids.get(question.error.shortId);
    return id === undefined ? [] : [{ ...question, id, cut: alignAnchor(question.anchor) }];
  });
}

async function readBuckets(
  { ask, environment }: SentryAccess,
  questions: readonly Named[],
): Promise<ReadonlyMap<string, ErrorBuckets>> {
  if (questions.length === 0) return new Map();
  return ask().errorBuckets({
    issues: questions.map((question) => ({
      ...nameCounted(question),
      since: new Date(question.window.from),
    })),
    start: new Date(Math.min(...questions.map(({ window }) => window.from))),
    end: new Date(Math.max(...questions.map(({ window }) => window.until))),
    environment,
  });
}

const nameCounted = ({ id, error: { shortId, projectId } }: Named) => ({
  id,
  shortId,
  ...(projectId === null ? {} : { projectId }),
});

/** Errors since the deploy with their releases, or why they could not be read. */
type Reply = readonly Point[] | { readonly untold: string };

/** By the error's id; missing where there were none. */
async function readSince(
  sentry: SentryAccess,
  questions: readonly Named[],
  buckets: ReadonlyMap<string, ErrorBuckets>,
): Promise<ReadonlyMap<string, Reply>> {
  const counted = questions
    .map((question) => ({ question, count: countSince(question, buckets.get(question.id)) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count);
  let room = MOST_ROWS;
  const quiet: Named[] = [];
  const loud: Named[] = [];
  for (const { question, count } of counted) {
    (count <= room ? quiet : loud).push(question);
    room -= count;
  }
  const read = await Promise.all([
    readRows(sentry, quiet),
    ...loud.map((question) => readByRelease(sentry, question)),
  ]);
  return new Map(read.flat());
}

function countSince({ cut }: Named, buckets: ErrorBuckets | undefined): number {
  return listPoints(buckets).reduce((sum, { at, count }) => (at >= cut ? sum + count : sum), 0);
}

type Since = readonly (readonly [string, Reply])[];

async function readRows({ ask, environment }: SentryAccess, questions: readonly Named[]): Promise<Since> {
  if (questions.length === 0) return [];
  const { rows, knownFrom } = await ask().errorEvents(questions.map(nameCounted), {
    start: new Date(Math.min(...questions.map(({ cut }) => cut))),
    end: new Date(Math.max(...questions.map(({ window }) => window.until))),
    environment,
  });
  return questions.flatMap(({ id, cut }) => {
    // More came in meanwhile than one table holds: the buckets, which know no releases, stand.
    if ((knownFrom.get(id) ?? Number.POSITIVE_INFINITY) > cut) return [];
    const own = rows.filter(({ issueId, at }) => issueId === id && at >= cut);
    return [[id, own.map(({ at, release }) => ({ at, count: 1, release }))]];
  });
}

/**
 * A Sentry without time series of errors refuses: the buckets, which know no releases, stand. Of one that fails at them
 * nobody knows whose errors these are, and old clients' must not disprove a fix.
 */
async function readByRelease({ ask, environment }: SentryAccess, question: Named): Promise<Since> {
  const window = { start: new Date(question.cut), end: new Date(question.window.until), environment };
  try {
    const series = await ask().errorsByRelease(nameCounted(question), window);
    return [[question.id, toPoints(series)]];
  } catch (error) {
    if (isUnsupported(error)) return [];
    if (!isBroken(error)) throw error;
    const untold = `Errors of ${question.error.shortId} are too many to be read without their releases, and these could not be read: ${error.message} If it stays so, look at Sentry's status, or upgrade a self-hosted Sentry.`;
    return [[question.id, { untold }]];
  }
}

function toPoints(series: readonly ReleaseErrors[]): Point[] {
  return series.flatMap(({ release, from, interval, counts }) =>
    counts.flatMap((count, index): Point[] =>
      count === 0
        ? []
        : [{ at: from + index * interval, count, ...(release === undefined ? {} : { release }) }],
    ),
  );
}

function joinHistory(
  { id, cut }: Named,
  buckets: ErrorBuckets | undefined,
  since: ReadonlyMap<string, Reply>,
): ErrorHistory {
  const points = listPoints(buckets);
  const history = {
    knownFrom: buckets?.from ?? cut,
    ...(buckets ? { knownUntil: buckets.from + buckets.counts.length * buckets.interval } : {}),
    points,
  };
  const reply = since.get(id);
  if (reply === undefined) return history;
  if ("untold" in reply) return { ...history, ...reply };
  return { ...history, points: [...points.filter(({ at }) => at < cut), ...reply] };
}

function listPoints(buckets: ErrorBuckets | undefined): Point[] {
  if (buckets === undefined) return [];
  return buckets.counts.flatMap((count, index) =>
    count === 0 ? [] : [{ at: buckets.from + index * buckets.interval, count }],
  );
}
