import { HOUR } from "@patchpilot/time";
import { alignAnchor, BUCKET, BUCKETS_PER_HOUR, clockExposure } from "@patchpilot/verdict";
import { type History, spreadOverBuckets } from "@patchpilot/verdict/testing";
import { RATES, RESIDUES } from "../cells.ts";
import { drawGeometric, type Random } from "../draws.ts";
import { countOutcome, followTrial } from "../outcome.ts";
import type { PlacedOutcome } from "../tables.ts";
import type { Recording } from "./recording.ts";

const DAY = 24 * BUCKETS_PER_HOUR;
const MOST_BEFORE = 7 * DAY;
const LEAST_BEFORE = 2 * DAY;
/** As long as the rule may take: 72 h for rare errors. */
const AFTER = 3 * DAY;

/** Deploys closer to each other would see the same days, and tell nothing new. */
const EVERY_MS = 3 * HOUR;

/** More than this is thinned, never judged as it is: the rule is for errors. */
const MOST_PER_HOUR = 60;

/**
 * Pretends a deploy every three hours of a recorded series of counts. Of the counts before it a share is taken at random,
 * so that they make so many errors an hour; of those after it, again the share that the fix is to leave. Deploys with
 * a known change near them are left out.
 *
 * @returns figures by rate and residue; a sentence where the series does not serve
 */
export function pretendDeploys(recording: Recording, random: Random): PlacedOutcome[] | string {
  if (recording.values.some((value) => !Number.isNaN(value) && !Number.isInteger(value))) {
    return "its values are no counts, so only changes are looked for.";
  }
  const anchors = anchorsIn(recording);
  if (anchors.length === 0) {
    return "it has no five days without a known change, two before a deploy and three after it.";
  }
  const own = ownRate(recording);
  if (own === 0) return "it counts nothing.";
  return ratesFor(own).flatMap((perHour) =>
    RESIDUES.map((residue) => {
      const shares = { before: perHour / own, after: (perHour / own) * residue };
      const trials = anchors.map((anchor) => followTrial(historyAt(recording, anchor, shares, random)));
      return { residue, perHour, ...countOutcome(trials) };
    }),
  );
}

/** Instants of the deploys, in milliseconds since the epoch. */
function anchorsIn({ start, intervalMs, values, changes }: Recording): number[] {
  const end = start + values.length * intervalMs;
  const changed = (changes ?? []).map((row) => start + row * intervalMs);
  const anchors: number[] = [];
  const first = alignAnchor(start) + LEAST_BEFORE * BUCKET;
  for (let anchor = first; anchor + AFTER * BUCKET <= end; anchor += EVERY_MS) {
    const from = anchor - MOST_BEFORE * BUCKET;
    const until = anchor + AFTER * BUCKET;
    if (!changed.some((at) => at > from && at < until)) anchors.push(anchor);
  }
  return anchors;
}

/** Mean count an hour. */
function ownRate({ values, intervalMs }: Recording): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const sum = known.reduce((total, value) => total + value, 0);
  return sum / (known.length * (intervalMs / HOUR));
}

/** The rates of the simulation that the series reaches, and its own if that is one of errors. */
function ratesFor(own: number): number[] {
  const below = RATES.filter((perHour) => perHour < own);
  return own <= MOST_PER_HOUR ? [...below, Number(own.toPrecision(2))] : below;
}

function historyAt(
  recording: Recording,
  anchor: number,
  shares: { readonly before: number; readonly after: number },
  random: Random,
): History {
  const before = Math.min(MOST_BEFORE, Math.floor((anchor - recording.start) / BUCKET));
  const baseline = { start: anchor - before * BUCKET, length: before };
  const since = { start: anchor, length: AFTER };
  const makeSeries = (row: typeof since, share: number) => ({
    events: thin(recording, row, Math.min(1, share), random),
    exposure: exposureIn(recording, row),
  });
  return {
    baseline: makeSeries(baseline, shares.before),
    since: makeSeries(since, shares.after),
    clock: recording.exposure === null,
    baselineBeginsAtFirstEvent: false,
  };
}

type BucketRow = { readonly start: number; readonly length: number };

/** Keeps each of the counted at random, and puts it anywhere in its interval. */
function thin(
  { start, intervalMs, values }: Recording,
  row: BucketRow,
  share: number,
  random: Random,
): number[] {
  const counts = new Array<number>(row.length).fill(0);
  if (share === 0) return counts;
  const first = Math.max(0, Math.floor((row.start - start) / intervalMs));
  const last = Math.ceil((row.start + row.length * BUCKET - start) / intervalMs);
  for (let i = first; i < Math.min(last, values.length); i++) {
    const value = values[i] ?? Number.NaN;
    for (
      let next = drawGeometric(1 / share, random);
      next <= value;
      next += drawGeometric(1 / share, random)
    ) {
      const at = start + (i + random()) * intervalMs;
      const bucket = Math.floor((at - row.start) / BUCKET);
      if (bucket >= 0 && bucket < row.length) counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }
  return counts;
}

/** Recorded traffic by bucket; time alone where there is none. NaN where rows are missing. */
function exposureIn({ start, intervalMs, values, exposure }: Recording, row: BucketRow): number[] {
  const known = exposure ?? values;
  const first = Math.max(0, Math.floor((row.start - start) / intervalMs));
  const last = Math.ceil((row.start + row.length * BUCKET - start) / intervalMs);
  const intervals = known.slice(first, last).map((value, i) => ({
    start: start + (first + i) * intervalMs,
    end: start + (first + i + 1) * intervalMs,
    value,
  }));
  const spread = spreadOverBuckets(intervals, row);
  return exposure === null
    ? clockExposure(row).map((x, i) => (Number.isNaN(spread[i]) ? Number.NaN : x))
    : spread;
}
