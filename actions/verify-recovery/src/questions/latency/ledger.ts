import { HOUR } from "@patchpilot/time";
import {
  BUCKET,
  BUCKETS_PER_HOUR,
  decideLatencyRecovery,
  type LatencyBucket,
  type LatencyRecoverySummary,
} from "@patchpilot/verdict";
import type { ReleasesFact } from "../releases/facts.ts";
import { keepLedger } from "../releases/ledger.ts";
import type { ErrorHistory, ExposureHistory, ReleaseRequests } from "../sources.ts";
import { holdsFix, type OperationReleases, type SeparatedHours } from "./separate.ts";

/** What requests are listed under that name no release. */
const UNNAMED = "an unnamed release";

/** A table has more releases than are worth a line. */
const MOST_ROWS = 20;

export type OperationBooks = {
  readonly releases: OperationReleases;
  readonly separated: SeparatedHours;
  /** Hours up to the deploy, and of those the ones in which it was slow. */
  readonly before: readonly LatencyBucket[];
  readonly slow: readonly LatencyBucket[];
  /** The first full hour after the deploy, and the end of the last one. */
  readonly begin: number;
  readonly until: number;
  /** Both sides of `separated`, by the rule. */
  readonly fixed: LatencyRecoverySummary;
  readonly others: LatencyRecoverySummary;
};

/** A row of the table with its hours: of the requests of its side as large a part as it has of the whole time. */
type Row = {
  readonly release: string;
  readonly hours: readonly LatencyBucket[];
  readonly part: number;
  readonly over: number;
};

/**
 * The ledger of releases for an operation: what counts as an error is a request that is slow beyond what a fast operation has,
 * so that releases that are fast, with the fix or without, raise none.
 */
export function keepOperationLedger(books: OperationBooks): ReleasesFact | undefined {
  const { releases, before, slow, begin, until, fixed } = books;
  const rows = listRows(books);
  const from = before[0]?.at ?? begin;
  const spread = (hours: readonly LatencyBucket[], part: number): number[] => {
    const counts = new Array<number>(Math.max(0, (until - from) / BUCKET)).fill(0);
    for (const { at, samples } of hours)
      counts.fill((part * samples) / BUCKETS_PER_HOUR, (at - from) / BUCKET, (at + HOUR - from) / BUCKET);
    return counts;
  };
  const exposure: ExposureHistory = {
    from,
    releases: rows.map(({ release, hours, part }) => ({ release, counts: spread(hours, part) })),
    other: spread(before, 1),
    sampleRates: [],
    byRelease: true,
  };
  const points: ErrorHistory["points"] = [
    ...listPoints(slow, fixed.excess > 1 ? 1 - 1 / fixed.excess : 0),
    ...rows.flatMap(({ release, hours, part, over }) =>
      listPoints(hours, part * over).map((point) => ({ ...point, release })),
    ),
  ];
  const kept = keepLedger({
    anchor: begin,
    onset: slow[0]?.at ?? begin,
    history: { knownFrom: from, points },
    traffic: { source: "spans", exposure },
    placements: releases.placements,
    until,
    dispersion: fixed.phi,
  });
  return kept && roundErrors(kept);
}

function listRows({ releases, separated, fixed, others }: OperationBooks): Row[] {
  const rows = releases.rows.slice(0, MOST_ROWS);
  const [holding, rest] = [
    rows.filter((row) => holdsFix(releases, row)),
    rows.filter((row) => !holdsFix(releases, row)),
  ];
  const side = (
    members: ReleaseRequests[],
    hours: readonly LatencyBucket[],
    summary: LatencyRecoverySummary,
  ) => {
    const total = members.reduce((sum, { samples }) => sum + samples, 0);
    const over = measureExcess(summary);
    return members.map(({ release, samples }) => ({
      release: release ?? UNNAMED,
      hours,
      part: total === 0 ? 0 : samples / total,
      over,
    }));
  };
  return [...side(holding, separated.fixed, fixed), ...side(rest, separated.others, others)];
}

/** The share of slow requests that a fast operation would not have had; 0 where the odds say that it is fast. */
function measureExcess(summary: LatencyRecoverySummary): number {
  if (!summary.slow || isFast(summary)) return 0;
  return Math.max(0, 1 - summary.expected / summary.slow);
}

/** Whether the odds say so, however few requests there were. */
export const isFast = (summary: LatencyRecoverySummary): boolean =>
  !decideLatencyRecovery(summary).why.includes("evidence");

const listPoints = (hours: readonly LatencyBucket[], factor: number) =>
  hours.flatMap(({ at, above }) => (above ? [{ at, count: above * factor }] : []));

/** Parts of requests are no requests. */
const roundErrors = (kept: ReleasesFact): ReleasesFact => ({
  ...kept,
  rows: kept.rows.map((row) => ({ ...row, errors: Math.round(row.errors) })),
  fixed: { ...kept.fixed, errors: Math.round(kept.fixed.errors) },
  old: { ...kept.old, errors: Math.round(kept.old.errors) },
});
