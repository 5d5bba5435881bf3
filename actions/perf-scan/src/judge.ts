import { assessLatency, HOUR_MS, type LatencyAssessment, type LatencyBucket } from "@patchpilot/verdict";
import type { Candidate, Finding, JudgedHours, Settings } from "./facts.ts";
import { findChange, findStretch } from "./onset.ts";
import type { ExceedingHours, OperationHours } from "./ports.ts";
import type { Windows } from "./windows.ts";

const DAY = 24 * HOUR_MS;
/**
 * The hours to judge are chosen by the data only where p95 jumped by half. Choosing by less finds the hours at which a
 * level that wanders happens to be high: simulated at 10 % a day, that made 15 % of scans false alarms instead of 3 %.
 */
const LEAST_JUMP = 1.5;
const NO_HOURS: JudgedHours = { window: [], current: [], baseline: [] };

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
  const buckets = measured === null ? [] : toBuckets(measured.all, measured.above);
  const from = windows.current.from.getTime();
  const change = findChange(buckets, from, settings.minChange);
  const before = candidate.before?.p95 ?? null;
  const stretch = before === null ? null : findStretch(buckets, before, from, settings.minChange);
  const jump = before === null ? null : findStretch(buckets, before, from, LEAST_JUMP);
  const since = change !== null && change.ratio >= LEAST_JUMP ? change.at : jump;
  const hours = measured === null ? NO_HOURS : splitHours(buckets, windows, since, settings);
  const assessment = measured === null ? null : assess(hours, aboveMs, settings);
  const p95 = candidate.now?.p95 ?? candidate.regression?.after ?? 0;
  const ours: Finding = {
    ...candidate,
    verdict: assessment?.verdict ?? "insufficient",
    source: "spans",
    p95,
    baselineP95: candidate.before?.p95 ?? null,
    change: ratioOf(p95, candidate.before?.p95 ?? null),
    aboveMs,
    assessment,
    hours,
    breakpoint: change?.at ?? stretch,
    reason: assessment?.sentence ?? "Its spans could not be read hour by hour.",
  };
  return heedSentry(heedDoubts(ours, measured), settings);
}

/** The same finding, judged by the hours since an instant alone: what came before it was another episode's. */
export function judgeSince(finding: Finding, since: number, settings: Settings): Finding {
  const current = finding.hours.current.filter(({ at }) => at >= since);
  const hours = { ...finding.hours, current };
  const assessment = assess(hours, finding.aboveMs, settings);
  return { ...finding, hours, assessment, verdict: assessment.verdict, reason: assessment.sentence };
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

function toBuckets({ hours }: OperationHours, above: ExceedingHours | null): LatencyBucket[] {
  const slow = above === null ? null : new Map(above.hours.map(({ at, samples }) => [at, samples]));
  return hours.map(({ at, samples, p95 }) => ({
    at,
    samples,
    p95,
    above: slow === null ? null : Math.min(samples, slow.get(at) ?? 0),
  }));
}

/**
 * Where it became slow within the window, what came before in it says nothing of now; where it became slow before the
 * window, what came since is no baseline. Both only where enough is left to judge by: a day of baseline, the samples.
 */
function splitHours(
  buckets: readonly LatencyBucket[],
  { current, history }: Windows,
  change: number | null,
  { minSamples }: Settings,
): JudgedHours {
  const from = current.from.getTime();
  const window = buckets.filter(({ at }) => at >= from && at < current.to.getTime());
  const since = window.filter(({ at }) => change === null || at >= change);
  const isEnough = since.reduce((sum, { samples }) => sum + samples, 0) >= minSamples;
  const isEarlier = change !== null && change < from && change - history.from.getTime() >= DAY;
  return {
    window,
    current: isEnough ? since : window,
    baseline: buckets.filter(({ at }) => at < (isEarlier ? change : from)),
  };
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
