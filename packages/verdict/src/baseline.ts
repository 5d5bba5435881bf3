import { estimateDispersion, estimateSpread } from "./dispersion.ts";
import { hoursForExposure } from "./eta.ts";
import { exposureToRecovery } from "./evidence.ts";
import { type EvidenceHours, findEvidenceHours, keepEvidenceHours } from "./hours.ts";
import { findLastChange } from "./last-change.ts";
import { type BaselineRuns, sumRuns } from "./rank.ts";
import { RULE } from "./rule.ts";
import { saturationRate } from "./saturation.ts";
import { clipExposure, exposureCeiling, type Series, type SeriesTally, tallySeries } from "./series.ts";
import { findUnseenWeekend } from "./unseen-weekend.ts";
import { findUptime, type Uptime } from "./uptime.ts";

/** What is known of the time before the deploy, beside its buckets. */
export type BaselineContext = {
  /** Exposure is only time, because no traffic could be counted. */
  readonly clock: boolean;
  /** Instant of the deploy; absent: no day of the week is known from another. */
  readonly anchor?: number | undefined;
  /** Other deployments by the bucket in which they began: 0 is the baseline's first, and those since the deploy follow on. */
  readonly starts?: readonly number[] | undefined;
  /** Exposure by bucket from the last deployment before the baseline up to it; the error did not occur in it. */
  readonly lead?: readonly number[] | undefined;
};

/** What a baseline says by itself, whatever comes after the deploy. */
export type RecoveryBaseline = {
  /** Exposure of all its buckets, clipped. */
  readonly exposure: readonly number[];
  /** The hours that the rest is counted in, and those since the deploy with them; null: all. */
  readonly hours: EvidenceHours | null;
  /** How long the error took to begin after earlier deployments; null: it does not follow uptime. */
  readonly uptime: Uptime | null;
  /** It begins at an earlier deployment, after which the rate had changed. */
  readonly cut: boolean;
  /** The most exposure that one bucket counts for, before and after. */
  readonly ceiling: number;
  readonly tally: SeriesTally;
  readonly phi: number;
  /** The same by a prior in the place of a least value; by the clock not below it. */
  readonly spread: number;
  /** Of the whole baseline: what was quiet before the rate changed was quiet, too. */
  readonly runs: BaselineRuns;
};

/** The part of a summary that stays the same from look to look. */
export function measureBaseline(series: Series, context: BaselineContext): RecoveryBaseline {
  const { starts = [], lead = [] } = context;
  const ceiling = exposureCeiling(series.exposure);
  const clipped = clipExposure(series, ceiling);
  const hours = findEvidenceHours(clipped, tallySeries(clipped), context);
  const kept = keepEvidenceHours(clipped, hours);
  const begin = findLastChange(kept, starts);
  const latest = { events: kept.events.slice(begin), exposure: kept.exposure.slice(begin) };
  const tally = tallySeries(latest);
  const phi = Math.max(estimateDispersion(latest, tally), hours?.phi ?? 1);
  const spread = Math.max(estimateSpread(latest, tally), hours?.phi ?? 1);
  const mayRest = hours === null && takesDays({ tally, phi, spread }, clipped.exposure);
  return {
    exposure: clipped.exposure,
    hours: mayRest ? findUnseenWeekend(clipped.exposure, context.anchor) : hours,
    uptime: findUptime(clipped, starts, lead),
    cut: begin > 0,
    ceiling,
    tally,
    phi,
    spread: context.clock ? Math.max(phi, spread) : spread,
    runs: sumRuns(kept),
  };
}

/** Whether the answer takes so long if no error occurs that the silence may be days of rest. */
function takesDays(
  { tally, phi, spread }: Pick<RecoveryBaseline, "tally" | "phi" | "spread">,
  exposure: readonly number[],
): boolean {
  const { active: k0, exposure: E0 } = tally;
  const lam = saturationRate(tally.active, tally.counted, tally.events);
  const hours = hoursForExposure(exposureToRecovery({ k0, E0, lam, phi, spread, c: 0, E: 0 }), exposure, 0);
  return hours === null || hours > RULE.rest.hours;
}
