import {
  type EvidenceCounts,
  findLeastProven,
  hasBaseline,
  isKept,
  logMean,
  type RecoveryProof,
} from "./evidence.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { activeRatio } from "./saturation.ts";
import type { Series } from "./series.ts";

/** How releases with the fix do beside those without it since the deploy. Plain JSON. */
export type ControlSummary = {
  /** Active buckets that releases without the fix were due to raise at the old rate, and those that they raised. */
  readonly expected: number;
  readonly seen: number;
  /** Logarithms of the odds of each promise, in their order. */
  readonly logs: readonly number[];
  /** Whether a complete fix is due to keep all of them by now. */
  readonly decides: boolean;
  /** Share that releases with the fix have of the newest traffic of both. */
  readonly share: number;
};

/**
 * Compares the releases with each other bucket by bucket: which of them raised an error is a draw by exposure and share left,
 * whatever made all of them rise or fall. The mean likelihood ratio of such draws is an e-process, as that of the counts.
 *
 * @param fixed buckets since the deploy of releases with the fix, exposure clipped
 * @param old the same of releases without it
 * @param baseline what is known from before the deploy
 * @returns the comparison over the first so many buckets
 */
export function prepareControl(
  fixed: Series,
  old: Series,
  baseline: Omit<EvidenceCounts, "c" | "E" | "aside">,
): (buckets: number) => ControlSummary {
  const phi = baseline.spread ?? baseline.phi;
  const perExposure = hasBaseline(baseline) ? baseline.k0 / baseline.E0 : 0;
  const [used, raised] = [zeroUnknown(old.exposure), markActive(old)];
  const [exposure, seen] = [sumUp(used), sumUp(raised)];
  const weigh = weighDraws(fixed.exposure, old.exposure, baseline.lam, phi);
  const drawn = weigh(markActive(fixed), raised);
  const ifComplete = weigh(
    [],
    used.map((x) => x * perExposure),
  );
  const shareAt = measureShare(sumUp(zeroUnknown(fixed.exposure)), exposure);
  return (buckets) => ({
    expected: perExposure * (exposure[buckets] ?? 0),
    seen: seen[buckets] ?? 0,
    logs: drawn(buckets),
    decides: isKept(weighControl({ logs: ifComplete(buckets) })),
    share: shareAt(buckets),
  });
}

const zeroUnknown = (exposure: readonly number[]): number[] => exposure.map((x) => (Number.isNaN(x) ? 0 : x));

const markActive = ({ events }: Series): number[] => events.map((count) => (count > 0 ? 1 : 0));

/** The newest traffic is that of three hours. */
const NEWEST_BUCKETS = 3 * BUCKETS_PER_HOUR;

/** @returns the share of the one among both in the newest of the first so many buckets; 1 where nothing is used */
function measureShare(one: Float64Array, other: Float64Array): (buckets: number) => number {
  return (buckets) => {
    const newest = (sums: Float64Array) =>
      (sums[buckets] ?? 0) - (sums[Math.max(0, buckets - NEWEST_BUCKETS)] ?? 0);
    const both = newest(one) + newest(other);
    return both > 0 ? newest(one) / both : 1;
  };
}

/** The logarithms of the odds of each promise over the first so many buckets, by the draws of both sides in each. */
const weighDraws =
  (fixed: readonly number[], old: readonly number[], lam: number, phi: number) =>
  (drawsOfFixed: readonly number[], drawsOfOld: readonly number[]) => {
    // Up to what does not depend on the share left. Only where both were used can they be told apart.
    const sumAt = (left: number): Float64Array => {
      const ratio = activeRatio(left, lam);
      return sumUp(
        fixed.map((x, i) => {
          const beside = old[i] ?? 0;
          if (!(x > 0 && beside > 0)) return 0;
          const ofFixed = drawsOfFixed[i] ?? 0;
          const odds = ofFixed === 0 ? 0 : ofFixed * Math.log(ratio);
          return odds - (ofFixed + (drawsOfOld[i] ?? 0)) * Math.log(beside + ratio * x);
        }),
      );
    };
    const nulls = RULE.promises.map(({ left }) => sumAt(left));
    const alternatives = RULE.recovered.instead.map(sumAt);
    return (buckets: number): number[] =>
      nulls.map((sums) =>
        logMean(alternatives.map((each) => ((each[buckets] ?? 0) - (sums[buckets] ?? 0)) / phi)),
      );
  };

/** Sums of the first so many values; one more than values. */
function sumUp(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

/**
 * Whether the releases with the fix must prove better beside those without it. These were used enough since the deploy, and
 * either a complete fix could prove it by now, or they raised fewer than they were due to by more than a standard error:
 * then something else may have ended it. Old clients that vanish quickly would hold up every fix otherwise.
 */
export const hasSay = (control: ControlSummary | undefined): control is ControlSummary =>
  control !== undefined &&
  control.expected >= RULE.controlAtLeast &&
  (control.decides || control.expected - control.seen > Math.sqrt(control.expected));

/** Of the promises, the one that is furthest from being kept beside releases without the fix. */
export const weighControl = ({ logs }: Pick<ControlSummary, "logs">): RecoveryProof =>
  findLeastProven(
    RULE.promises.map(({ left, odds }, i) => ({ left, logE: logs[i] ?? 0, logNeeded: Math.log(odds) })),
  );
