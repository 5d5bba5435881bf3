import {
  assessLatency,
  chooseHours,
  type JudgedHours,
  type LatencyAssessment,
  type LatencyBucket,
} from "@patchpilot/verdict";
import type { PerfScanInputs } from "../contract.ts";
import {
  type ExceedingHours,
  isBottleneck,
  type JudgedOperation,
  type OperationHours,
  type SuspectOperation,
} from "../facts.ts";
import { describeLatencyVerdict } from "../words/verdict.ts";
import { chooseThreshold } from "./threshold.ts";
import type { ScanWindows } from "./windows.ts";

const UNREAD = { hours: { window: [], current: [], baseline: [] }, breakpoint: null };

/** What was read of one candidate beyond the table; null where nothing could be. */
export type MeasuredHours = { readonly all: OperationHours; readonly above: ExceedingHours | null } | null;

/** The duration in milliseconds whose share is tested: what one request in ten took longer than before. */
export function testedDuration(
  { before }: SuspectOperation,
  { "min-samples": least }: PerfScanInputs,
): number | null {
  return before !== null && before.samples >= least && before.p90 > 0 ? before.p90 : null;
}

/** Judges one candidate by its hours and by what Sentry's own detector says. Pure. */
export function judgeOperation(
  candidate: SuspectOperation,
  measured: MeasuredHours,
  windows: ScanWindows,
  inputs: PerfScanInputs,
): JudgedOperation {
  const aboveMs = testedDuration(candidate, inputs);
  const { hours, breakpoint } =
    measured === null
      ? UNREAD
      : chooseHours({
          buckets: toBuckets(measured),
          from: windows.current.from.getTime(),
          to: windows.current.to.getTime(),
          baselineP95: candidate.before?.p95 ?? null,
          minChange: inputs["min-change"],
          minSamples: inputs["min-samples"],
        });
  const assessment = measured === null ? null : judgeHours(candidate, hours, aboveMs, inputs);
  const p95 = candidate.now?.p95 ?? candidate.regression?.after ?? 0;
  // What was not in the table before is known by its hours.
  const baselineP95 =
    candidate.before?.p95 ?? (assessment?.verdict === "regressed" ? assessment.summary.before.p95 : null);
  const ours: JudgedOperation = {
    ...candidate,
    verdict: assessment?.verdict ?? "insufficient",
    source: "spans",
    p95,
    baselineP95,
    change: findRatio(p95, baselineP95),
    aboveMs,
    assessment,
    hours,
    breakpoint,
    reason:
      assessment === null ? "Its spans could not be read hour by hour." : describeLatencyVerdict(assessment),
  };
  return heedSentry(heedDoubts(ours, measured), inputs);
}

/** The same finding, judged by the hours since an instant alone: what came before it was another episode's. */
export function judgeSince(finding: JudgedOperation, since: number, inputs: PerfScanInputs): JudgedOperation {
  const current = finding.hours.current.filter(({ at }) => at >= since);
  const hours = { ...finding.hours, current };
  const assessment = judgeHours(finding, hours, finding.aboveMs, inputs);
  return {
    ...finding,
    hours,
    assessment,
    verdict: assessment.verdict,
    reason: describeLatencyVerdict(assessment),
  };
}

function judgeHours(
  candidate: SuspectOperation,
  { current, baseline }: JudgedHours,
  aboveMs: number | null,
  inputs: PerfScanInputs,
): LatencyAssessment {
  return assessLatency({
    current,
    baseline,
    aboveMs,
    thresholdMs: chooseThreshold(candidate, inputs),
    minChange: inputs["min-change"],
    minSamples: inputs["min-samples"],
  });
}

function toBuckets({ all, above }: NonNullable<MeasuredHours>): LatencyBucket[] {
  const slow = above === null ? null : new Map(above.hours.map(({ at, samples }) => [at, samples]));
  return all.hours.map(({ at, samples, p95 }) => ({
    at,
    samples,
    p95,
    above: slow === null ? null : Math.min(samples, slow.get(at) ?? 0),
  }));
}

/** Extrapolation from a part of the data, or one that Sentry itself is not sure of, proves nothing. */
function heedDoubts(finding: JudgedOperation, measured: MeasuredHours): JudgedOperation {
  if (!isBottleneck(finding)) return finding;
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
function heedSentry(finding: JudgedOperation, inputs: PerfScanInputs): JudgedOperation {
  const { regression, verdict } = finding;
  if (regression === null || regression.before === null || regression.after === null) return finding;
  const change = findRatio(regression.after, regression.before) ?? 0;
  if (change < inputs["min-change"] || verdict === "steady" || verdict === "regressed") return finding;
  const said = `Sentry's own detector reports p95 ${Math.round(regression.after)} ms, and ${Math.round(regression.before)} ms before.`;
  return {
    ...finding,
    verdict: "regressed",
    source: verdict === "slow" ? "spans" : "sentry",
    p95: verdict === "slow" ? finding.p95 : regression.after,
    baselineP95: regression.before,
    change: verdict === "slow" ? findRatio(finding.p95, regression.before) : change,
    reason: verdict === "slow" ? `${said} ${finding.reason}` : said,
  };
}

const findRatio = (now: number, before: number | null): number | null =>
  before === null || before <= 0 ? null : now / before;
