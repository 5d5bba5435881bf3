import { type BaselineContext, measureBaseline, type RecoveryBaseline } from "./baseline.ts";
import { hoursForExposure } from "./eta.ts";
import { type EvidenceCounts, exposureToRecovery } from "./evidence.ts";
import { weighFade } from "./fade.ts";
import { GATES, type GateName, type Gates } from "./gates.ts";
import { capInHours, carriesEvidence, countHours, type EvidenceHours } from "./hours.ts";
import { longestQuiet, rankQuiet } from "./rank.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { saturationRate } from "./saturation.ts";
import { checkSeries, clipExposure, type Series, type SeriesTally, tallySeries } from "./series.ts";
import { cutForTrend, estimateTrend, type Trend } from "./trend.ts";
import { type Uptime, uptimeMissing } from "./uptime.ts";

export type RecoveryInput = BaselineContext & {
  /** Buckets that end at the deploy, begun at the later of deploy - 7 d and the onset. */
  readonly baseline: Series;
  /** Buckets that begin at the deploy, counted over the releases that contain the fix. */
  readonly since: Series;
  /** The first error chose where the baseline begins, and is not counted. */
  readonly baselineBeginsAtFirstEvent: boolean;
  readonly hoursSinceDeploy: number;
  /** Hours after which it is inconclusive; absent: 72 for rare errors, else 48. */
  readonly capHours?: number | undefined;
  /**
   * Whether errors of old clients are left out of `since`. True: a fall that is surely one is not failing. False: nor is what
   * may yet be a fall. Absent: neither is asked.
   */
  readonly split?: boolean;
  readonly gates?: Partial<Gates>;
};

/** What the numbers of every recovery rule have in common. */
export type CommonSummary = {
  /** Version of the rule. */
  readonly rule: number;
  /** Dispersion: observed over chance variance, at least 1. */
  readonly phi: number;
  /** Hours since the deploy, and those after which it is inconclusive. */
  readonly hours: number;
  readonly cap: number;
  /** Hours until the rule can say recovered if nothing more happens; null: never. */
  readonly eta: number | null;
  /** Gates that are shut. */
  readonly shut: readonly GateName[];
};

/** The numbers that a decision used: plain JSON, under 1 KB, enough to make the same decision again. */
export type RecoverySummary = CommonSummary & {
  /** Active buckets before the deploy, the first one included. */
  readonly active0: number;
  /** Errors before the deploy. */
  readonly events0: number;
  /** Buckets before the deploy whose exposure is known; and those with exposure or errors. */
  readonly known0: number;
  readonly n0: number;
  /** Exposure before the deploy. */
  readonly E0: number;
  /** The first active bucket chose where the baseline begins. */
  readonly first: boolean;
  /** Active buckets, exposure, known buckets and all buckets since the deploy. */
  readonly c: number;
  readonly E: number;
  readonly known: number;
  readonly buckets: number;
  /** Runs of the baseline with as much exposure as since the deploy, and those of them that were as quiet. */
  readonly windows: number;
  readonly quiet: number;
  /** Exposure is only time. */
  readonly clock: boolean;
  /** The trend of the errors since the deploy, where old clients are left out. */
  readonly trend?: Trend;
  /** Where they are not: log odds that the errors are not old clients' that leave. */
  readonly steady?: number;
  /** Active buckets since the deploy in hours that carry no evidence. */
  readonly aside?: number;
  /** How long the error took to begin after earlier deployments, and is still missing; absent: it does not follow uptime. */
  readonly uptime?: Uptime & { readonly missing: number };
  /** Hours that could carry evidence, since the deploy and until the cap; absent: all can. */
  readonly carried?: { readonly hours: number; readonly cap: number };
  /** Those hours themselves, for the watch after a close. */
  readonly evidenceHours?: EvidenceHours;
};

/** Reduces the buckets to the numbers that the rule needs. */
export function summarise(input: RecoveryInput): RecoverySummary {
  checkSeries("baseline", input.baseline);
  checkSeries("since", input.since);
  const baseline = measureBaseline(input.baseline, input);
  const since = clipExposure(input.since, baseline.ceiling);
  const tally = tallySeries(since, (bucket) => carriesEvidence(baseline.hours, bucket));
  const summary = summariseAgainst(baseline, tally, input.since.exposure.length, input);
  if (input.split === false) return { ...summary, steady: weighFade(since, makeCounts(summary)) };
  const trend = input.split ? estimateTrend(cutForTrend(since)) : undefined;
  return trend === undefined ? summary : { ...summary, trend };
}

/**
 * @param since the buckets since the deploy, exposure clipped
 * @param buckets how many they are, unknown ones included
 */
export function summariseAgainst(
  baseline: RecoveryBaseline,
  since: SeriesTally,
  buckets: number,
  input: Omit<RecoveryInput, "baseline" | "since">,
): RecoverySummary {
  const { tally: before, runs } = baseline;
  const rank = rankQuiet(runs, since.exposure, since.active);
  const facts = {
    rule: RULE.version,
    active0: before.active,
    events0: before.events,
    known0: before.known,
    n0: before.counted,
    E0: before.exposure,
    first: input.baselineBeginsAtFirstEvent && !baseline.cut,
    phi: baseline.phi,
    c: since.active,
    E: since.exposure,
    known: since.known,
    buckets,
    windows: rank.windows,
    quiet: rank.quiet,
    clock: input.clock,
    hours: input.hoursSinceDeploy,
    ...limitTime(baseline, since, buckets, input),
  };
  const quietest = rank.quiet === 0 ? 0 : longestQuiet(runs, since.active);
  const unprecedented = Math.max(0, (quietest - since.exposure) * (1 + 1e-9));
  return { ...facts, eta: hoursToRecovery(facts, baseline, unprecedented) };
}

type Limits = Pick<RecoverySummary, "cap" | "shut" | "uptime" | "aside" | "carried" | "evidenceHours">;

/** The cap and the gates, and what the hours and the uptime have to say on them. */
function limitTime(
  baseline: RecoveryBaseline,
  { aside }: SeriesTally,
  buckets: number,
  { capHours, hoursSinceDeploy, starts = [], gates }: Omit<RecoveryInput, "baseline" | "since">,
): Limits {
  const { hours, uptime } = baseline;
  const cap = capHours ?? chooseCap(baseline);
  const restarts = starts.map((start) => (start - baseline.exposure.length) / BUCKETS_PER_HOUR);
  const missing = uptime === null ? 0 : uptimeMissing(uptime, restarts, hoursSinceDeploy);
  return {
    cap,
    shut: GATES.filter((gate) => gates?.[gate] === false || (gate === "uptime" && missing > 0)),
    ...(uptime && { uptime: { ...uptime, missing } }),
    ...(hours && {
      aside,
      carried: { hours: countHours(hours, buckets), cap: countHours(hours, cap * BUCKETS_PER_HOUR) },
      evidenceHours: hours,
    }),
  };
}

type Counted = Pick<
  RecoverySummary,
  "active0" | "first" | "E0" | "c" | "aside" | "E" | "n0" | "events0" | "phi"
>;

/** The numbers of the likelihood ratios. The first error is taken off after the saturation is known. */
export function makeCounts(summary: Counted): EvidenceCounts {
  return {
    k0: Math.max(0, summary.active0 - (summary.first ? 1 : 0)),
    E0: summary.E0,
    c: summary.c,
    aside: summary.aside,
    E: summary.E,
    lam: saturationRate(summary.active0, summary.n0, summary.events0),
    phi: summary.phi,
  };
}

/** Active buckets an hour before the deploy. */
export function ratePerHour(active: number, knownBuckets: number): number {
  return knownBuckets === 0 ? 0 : (active * BUCKETS_PER_HOUR) / knownBuckets;
}

/** Clock hours after which it is inconclusive: those of hours that carry evidence, and more than the uptime needed. */
export function chooseCap({ tally, hours, uptime }: RecoveryBaseline): number {
  const isRare = ratePerHour(tally.active, tally.known) < RULE.rarePerHour;
  const cap = capInHours(isRare ? RULE.rareCapHours : RULE.capHours, hours);
  return uptime === null ? cap : Math.max(cap, Math.min(uptime.needed + RULE.capHours, RULE.hours.capHours));
}

/** The latest of: evidence, a quiet without precedent, the uptime needed, and the least time since the deploy. */
function hoursToRecovery(
  facts: Omit<RecoverySummary, "eta">,
  baseline: RecoveryBaseline,
  unprecedented: number,
): number | null {
  const further = exposureToRecovery(makeCounts(facts));
  const wanted = further === null ? null : Math.max(further, unprecedented);
  const hours = hoursForExposure(wanted, baseline.exposure, facts.buckets, baseline.hours);
  if (hours === null) return null;
  return Math.max(
    hours,
    facts.uptime?.missing ?? 0,
    RULE.minHours - facts.hours,
    (RULE.minBuckets - facts.known) / BUCKETS_PER_HOUR,
  );
}
