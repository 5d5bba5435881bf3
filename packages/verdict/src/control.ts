import {
  type EvidenceCounts,
  findLeastProven,
  hasBaseline,
  logMean,
  type RecoveryProof,
} from "./evidence.ts";
import { RULE } from "./rule.ts";
import { activeRatio } from "./saturation.ts";
import type { Series } from "./series.ts";

/** How releases with the fix do beside those without it since the deploy. Plain JSON. */
export type ControlSummary = {
  /** Active buckets that releases without the fix were due to raise at the old rate, and those that they raised. */
  readonly expected: number;
  readonly seen: number;
  /** Logarithms of the odds of each promise, in their order. */
  readonly logs: readonly number[];
};

type Baseline = Omit<EvidenceCounts, "c" | "E" | "aside">;

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
  baseline: Baseline,
): (buckets: number) => ControlSummary {
  const ratioAt = (share: number) => activeRatio(share, baseline.lam);
  const nulls = RULE.promises.map(({ left }) => sumDraws(fixed, old, ratioAt(left)));
  const alternatives = RULE.recovered.instead.map((share) => sumDraws(fixed, old, ratioAt(share)));
  const exposure = sumUp(old.exposure.map((x) => (Number.isNaN(x) ? 0 : x)));
  const active = sumUp(old.events.map((count) => (count > 0 ? 1 : 0)));
  const phi = baseline.spread ?? baseline.phi;
  const perExposure = hasBaseline(baseline) ? baseline.k0 / baseline.E0 : 0;
  return (buckets) => ({
    expected: perExposure * (exposure[buckets] ?? 0),
    seen: active[buckets] ?? 0,
    logs: nulls.map((sums) =>
      logMean(alternatives.map((each) => ((each[buckets] ?? 0) - (sums[buckets] ?? 0)) / phi)),
    ),
  });
}

/** Log likelihood of the draws in the first so many buckets, up to what does not depend on the share left. */
function sumDraws(fixed: Series, old: Series, ratio: number): Float64Array {
  return sumUp(
    fixed.exposure.map((x, i) => {
      const beside = old.exposure[i] ?? 0;
      // Only where both were used can they be told apart; of an exposure that is not known neither holds.
      if (!(x > 0 && beside > 0)) return 0;
      const isFixed = (fixed.events[i] ?? 0) > 0;
      const draws = (isFixed ? 1 : 0) + ((old.events[i] ?? 0) > 0 ? 1 : 0);
      return (isFixed ? Math.log(ratio) : 0) - draws * Math.log(beside + ratio * x);
    }),
  );
}

/** Sums of the first so many values; one more than values. */
function sumUp(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

/** Whether releases without the fix were used so much since the deploy that the others must prove better beside them. */
export const hasSay = (control: ControlSummary | undefined): control is ControlSummary =>
  control !== undefined && control.expected >= RULE.controlAtLeast;

/** Of the promises, the one that is furthest from being kept beside releases without the fix. */
export const weighControl = ({ logs }: ControlSummary): RecoveryProof =>
  findLeastProven(
    RULE.promises.map(({ left, odds }, i) => ({ left, logE: logs[i] ?? 0, logNeeded: Math.log(odds) })),
  );
