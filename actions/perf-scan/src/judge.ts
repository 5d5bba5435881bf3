import {
  assessLatency,
  chooseHours,
  type JudgedHours,
  type LatencyAssessment,
  type LatencyBucket,
} from "@patchpilot/verdict";
import type { Candidate, Finding, Settings } from "./facts.ts";
import type { ExceedingHours, OperationHours } from "./ports.ts";
import type { Windows } from "./windows.ts";
import { describeLatencyVerdict } from "./words-verdict.ts";

const UNREAD = { hours: { window: [], current: [], baseline: [] }, breakpoint: null };

/** What was read of one candidate beyond the table; null where nothing could be. */
export type Measured = { readonly all: OperationHours; readonly above: ExceedingHours | null } | null;

/** The duration in milliseconds whose share is tested: what one request in ten took longer than before. */
export function aboveOf({ before }: Candidate, { minSamples }: Settings): number | null {
  return before !== null && before.samples >= minSamples && before.p90 > 0 ? before.p90 : null;
}

/** Judges one candidate by its hours and by what Sentry's own detector says. Pure. */
export function judge(
  candidate: Candidate,
  measured: Measured,
  windows: Windows,
  settings: Settings,
): Finding {
  const aboveMs = aboveOf(candidate, settings);
  const { hours, breakpoint } =
    measured === null ? UNREAD : chooseHours(scannedOf(candidate, measured, windows, settings));
  const assessment = measured === null ? null : assess(hours, aboveMs, settings);
  const p95 = candidate.now?.p95 ?? candidate.regression?.after ?? 0;
  // What was not in the table before is known by its hours.
  const baselineP95 =
    candidate.before?.p95 ?? (assessment?.verdict === "regressed" ? assessment.summary.before.p95 : null);
  const ours: Finding = {
    ...candidate,
    verdict: assessment?.verdict ?? "insufficient",
    source: "spans",
    p95,
    baselineP95,
    change: ratioOf(p95, baselineP95),
    aboveMs,
    assessment,
    hours,
    breakpoint,
    reason:
      assessment === null ? "Its spans could not be read hour by hour." : describeLatencyVerdict(assessment),
  };
  return heedSentry(heedDoubts(ours, measured), settings);
}

/** The same finding, judged by the hours since an instant alone: what came before it was another episode's. */
export function judgeSince(finding: Finding, since: number, settings: Settings): Finding {
  const current = finding.hours.current.filter(({ at }) => at >= since);
  const hours = { ...finding.hours, current };
  const assessment = assess(hours, finding.aboveMs, settings);
  return {
    ...finding,
    hours,
    assessment,
    verdict: assessment.verdict,
    reason: describeLatencyVerdict(assessment),
  };
}

function assess(
  { current, baseline }: JudgedHours,
  aboveMs: number | null,
  settings: Settings,
): LatencyAssessment {
  return assessLatency({
    current,
    baseline,
    aboveMs,
    thresholdMs: settings.threshold,
    minChange: settings.minChange,
    minSamples: settings.minSamples,
  });
}

function scannedOf(
  { before }: Candidate,
  { all, above }: NonNullable<Measured>,
  { current }: Windows,
  { minChange, minSamples }: Settings,
): Parameters<typeof chooseHours>[0] {
  const buckets = toBuckets(all, above);
  const from = current.from.getTime();
  return { buckets, from, to: current.to.getTime(), baselineP95: before?.p95 ?? null, minChange, minSamples };
}

function toBuckets({ hours }: OperationHours, above: ExceedingHours | null): LatencyBucket[] {
  const slow = above === null ? null : new Map(above.hours.map(({ at, samples }) => [at, samples]));
  return hours.map(({ at, samples, p95 }) => ({
    at,
    samples,
    p95,
    above: slow === null ? null : Math.min(samples, slow.get(at) ?? 0),
  }));
}

/** Extrapolation from a part of the data, or one that Sentry itself is not sure of, proves nothing. */
function heedDoubts(finding: Finding, measured: Measured): Finding {
  if (finding.verdict !== "regressed" && finding.verdict !== "slow") return finding;
  const doubt =
    measured?.all.partial || measured?.above?.partial
      ? "Sentry looked at a part of its data only, so it is not conclusive."
      : finding.now?.certainty === "low" || measured?.all.certainty === "low"
        ? "Sentry has little confidence in the numbers, because they are extrapolated from few samples."
        : null;
  return doubt === null ? finding : { ...finding, verdict: "insufficient", reason: doubt };
}

/**
 * Sentry's own detector looked at two weeks. It counts where spans do not suffice to judge, and tells a regression from
 * what was always slow; where enough spans show no rise, it does not.
 */
function heedSentry(finding: Finding, settings: Settings): Finding {
  const { regression, verdict } = finding;
  if (regression === null || regression.before === null || regression.after === null) return finding;
  const change = ratioOf(regression.after, regression.before) ?? 0;
  if (change < settings.minChange || verdict === "steady" || verdict === "regressed") return finding;
  const said = `Sentry's own detector reports p95 ${Math.round(regression.after)} ms, and ${Math.round(regression.before)} ms before.`;
  return {
    ...finding,
    verdict: "regressed",
    source: verdict === "slow" ? "spans" : "sentry",
    p95: verdict === "slow" ? finding.p95 : regression.after,
    baselineP95: regression.before,
    change: verdict === "slow" ? ratioOf(finding.p95, regression.before) : change,
    reason: verdict === "slow" ? `${said} ${finding.reason}` : said,
  };
}

const ratioOf = (now: number, before: number | null): number | null =>
  before === null || before <= 0 ? null : now / before;
