import { BUCKET, type RecoverySummary } from "@patchpilot/verdict";
import { type Counting, summariseErrors } from "../errors/count.ts";
import type { ExposureHistory, OperationErrors, OperationRequests } from "../sources.ts";
import type { OperationFact } from "./facts.ts";

/** The operations must hold this share of the errors. */
const LEAST_SHARE = 0.9;
/** More of them are addresses with their ids, or the error is everywhere. */
const MOST_OPERATIONS = 5;
/** Fewer stored requests do not show whether it was used at all. */
const LEAST_SAMPLES = 50;
/** Where each stands for many, fewer of them, or fewer for each five minutes with errors, make errors seem bursty. */
const MANY_SAMPLES = 300;
const SAMPLES_PER_ACTIVE = 2;
/** One that stands for more than this was sampled. */
const SAMPLED = 1.5;
/** More errors than this a request come from elsewhere: a loop, or requests that are not sampled. */
const MOST_ERRORS_PER_REQUEST = 2;

/** What load balancers and monitors ask: their requests say nothing about those of visitors. */
const PROBE =
  /\/(?:_?health(?:z|check|-check|_check)?|livez?|liveness|readyz?|readiness|ping|status|up)\/?$/i;

/**
 * The operations in which an error occurred, the most frequent first: the fewest that hold 90 % of its events. None
 * where events name no transaction, or too many, or one that is only probed.
 * @param counted its events, of which the rarest operations may not have been read
 */
export function nameOperations(errors: readonly OperationErrors[], counted = 0): readonly string[] {
  const total = Math.max(
    counted,
    errors.reduce((sum, { count }) => sum + count, 0),
  );
  const names: string[] = [];
  let covered = 0;
  for (const { transaction, count } of errors.toSorted((a, b) => b.count - a.count)) {
    if (covered >= LEAST_SHARE * total) break;
    if (transaction === null) continue;
    names.push(transaction);
    covered += count;
  }
  const isTold = covered >= LEAST_SHARE * total && names.length <= MOST_OPERATIONS;
  return isTold && !names.some((name) => PROBE.test(name)) ? names : [];
}

/** What an error is counted against, and the fact that it gives. */
export type Recount = { readonly fact: OperationFact; readonly counting: Counting };

/**
 * Counts the errors again, against the requests of these operations alone. Pure.
 * @param requests of each operation; undefined: never seen
 */
export function recount(
  counting: Counting,
  names: readonly string[],
  requests: readonly (OperationRequests | undefined)[],
): Recount {
  const untold: Recount = { fact: { state: "none" }, counting };
  const seen = requests.flatMap((one) => one ?? []);
  const samples = seen.reduce((sum, one) => sum + one.samples, 0);
  if (counting.traffic.source !== "spans" || seen.length === 0 || seen.length < names.length) return untold;
  if (samples < LEAST_SAMPLES) return untold;
  const exposure = narrowExposure(counting.traffic.exposure, seen);
  const narrowed: Counting = { ...counting, traffic: { source: "spans", exposure } };
  const counted = summariseErrors(narrowed);
  if (counted.state !== "counted") return untold;
  const { summary } = counted;
  const { E0, events0, E, c, active0 } = summary;
  if (MOST_ERRORS_PER_REQUEST * E0 < events0 || MOST_ERRORS_PER_REQUEST * E < c) return untold;
  const needed = Math.max(MANY_SAMPLES, SAMPLES_PER_ACTIVE * active0);
  if (isSampled(seen, samples) && samples < needed && isUsed(summary)) return untold;
  return { fact: { state: "counted", summary, names }, counting: narrowed };
}

function isSampled(seen: readonly OperationRequests[], samples: number): boolean {
  const counts = seen.flatMap((one) => one.counts);
  return counts.reduce((sum, count) => sum + count, 0) > SAMPLED * samples;
}

/** Extrapolated shares may leave less than one request. */
export const isUsed = ({ E }: Pick<RecoverySummary, "E">): boolean => E >= 1;

/**
 * The requests of some operations, split among releases as all requests of the same five minutes are: one reply of
 * Sentry holds ten groups, which would be an operation or two.
 */
function narrowExposure(all: ExposureHistory, seen: readonly OperationRequests[]): ExposureHistory {
  const rows = [all.other, ...all.releases.map(({ counts }) => counts)];
  const length = Math.max(...rows.map(({ length }) => length));
  const shares = Array.from({ length }, (_, bucket) => {
    const total = rows.reduce((sum, counts) => sum + (counts[bucket] ?? 0), 0);
    const own = seen.reduce((sum, { from, counts }) => {
      const index = bucket + Math.round((all.from - from) / BUCKET);
      return sum + (counts[index] ?? Number.NaN);
    }, 0);
    return total === 0 ? 0 : own / total;
  });
  // A trace in place of zero would lower what one bucket counts for at most.
  const narrow = (counts: readonly number[]) =>
    counts.map((count, bucket) => (count === 0 ? 0 : count * (shares[bucket] ?? 0)));
  return {
    ...all,
    releases: all.releases.map(({ release, counts }) => ({ release, counts: narrow(counts) })),
    other: narrow(all.other),
  };
}
