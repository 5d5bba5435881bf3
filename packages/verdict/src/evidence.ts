import { findLeast } from "./find-least.ts";
import { RULE } from "./rule.ts";
import { activeRatio } from "./saturation.ts";

/** What the likelihood ratios are computed from. */
export type EvidenceCounts = {
  /** Active buckets (with an error) before the deploy; one that chose where they begin is not counted. */
  readonly k0: number;
  /** Exposure before the deploy, in requests, sessions or product events; in buckets if only the clock is counted. */
  readonly E0: number;
  /** Active buckets since the deploy. */
  readonly c: number;
  /** Those of them in hours that carry no evidence. */
  readonly aside?: number | undefined;
  /** Exposure since the deploy, in the unit of `E0`. */
  readonly E: number;
  /** Mean errors per bucket before the deploy, from how full the buckets were; 0: so rare that it makes no difference. */
  readonly lam: number;
  /** Dispersion before the deploy: variance over what chance explains; at least 1, and higher the burstier the errors came. */
  readonly phi: number;
  /** The same by a prior; absent: nothing vouches for the counts, and more is asked of them. */
  readonly spread?: number | undefined;
};

/** Natural logarithms of likelihood ratios; 0 means "both explain it equally well". */
export type Evidence = {
  /** For "it stopped": almost nothing is left, against `left`. */
  readonly logE: number;
  /** For "it did not": more than half is left, against 30 % is left. */
  readonly logF: number;
  /** For "it became less": some is gone, against nothing changed. */
  readonly logImproved: number;
};

export const LOG_THRESHOLD = Math.log(RULE.threshold);

/** Evidence that the errors stopped (logE), that they did not (logF), and that they became fewer (logImproved). */
export function weighEvidence(counts: EvidenceCounts): Evidence {
  if (!hasBaseline(counts)) return { logE: 0, logF: 0, logImproved: 0 };
  return {
    logE: weighProof(counts).logE,
    logF: logFailing(counts),
    logImproved: logRatio(RULE.improved, counts.k0, counts),
  };
}

/** One of the promises that "recovered" makes, as far as it is kept. */
export type RecoveryProof = {
  /** Share of the old rate that would be left if it were wrong. */
  readonly left: number;
  /** Natural logarithms of the odds against that, and of the odds needed. */
  readonly logE: number;
  readonly logNeeded: number;
};

/** Of the promises, the one that is furthest from being kept. */
export const weighProof = (counts: EvidenceCounts): RecoveryProof => prepareProof(counts)(counts.c, counts.E);

/** The same for many counts since one deploy. */
export function prepareProof(
  baseline: Omit<EvidenceCounts, "c" | "E">,
): (c: number, E: number) => RecoveryProof {
  const { instead } = RULE.recovered;
  const phi = baseline.spread ?? baseline.phi;
  const promises = (baseline.spread === undefined ? RULE.aloneWith : RULE.promises).map(({ left, odds }) => ({
    left,
    weigh: prepareRatio({ nothing: left, instead }, baseline.k0, { ...baseline, phi }),
    logNeeded: Math.log(odds),
  }));
  const isKnown = hasBaseline(baseline);
  return (c, E) =>
    findLeastProven(
      promises.map(({ left, weigh, logNeeded }) => ({ left, logE: isKnown ? weigh(c, E) : 0, logNeeded })),
    );
}

export const isKept = ({ logE, logNeeded }: RecoveryProof): boolean => logE >= logNeeded;

export const findLeastProven = (proofs: readonly RecoveryProof[]): RecoveryProof =>
  proofs.reduce((least, each) => (each.logE - each.logNeeded < least.logE - least.logNeeded ? each : least));

/** More exposure without an error never proves it. Errors at hours at which none are expected say nothing of the rate. */
export function logFailing(counts: EvidenceCounts): number {
  return logRatio(RULE.failing, counts.k0 + 1, { ...counts, c: counts.c - (counts.aside ?? 0) });
}

/** Without an error or without exposure before the deploy there is nothing to compare with. */
export function hasBaseline({ k0, E0 }: Pick<EvidenceCounts, "k0" | "E0">): boolean {
  return k0 >= 1 && E0 > 0;
}

/**
 * The least further exposure at which the evidence for recovery reaches the threshold if no error occurs in it.
 *
 * @returns 0: reached; null: never
 */
export function exposureToRecovery(counts: EvidenceCounts): number | null {
  if (!hasBaseline(counts)) return null;
  const weigh = prepareProof(counts);
  const reached = (further: number) => isKept(weigh(counts.c, counts.E + further));
  // A million million times the baseline is never.
  return findLeast(reached, { start: counts.E0, doublings: 40, halvings: 100, precision: 1e-12 });
}

export type Hypotheses = { readonly nothing: number; readonly instead: readonly number[] };

/**
 * Log of the mean Gamma-Poisson (negative binomial) likelihood ratio of the alternatives to the null. The
 * rate before the deploy is integrated out with prior weight `shape`, not plugged in; the dispersion
 * discounts every fact by the size of the bursts in which facts arrive.
 */
export function logRatio(hypotheses: Hypotheses, shape: number, counts: EvidenceCounts): number {
  return prepareRatio(hypotheses, shape, counts)(counts.c, counts.E);
}

/** The same for many counts since one deploy: what only the baseline decides is worked out once. */
export function prepareRatio(
  { nothing, instead }: Hypotheses,
  shape: number,
  { E0, lam, phi }: Omit<EvidenceCounts, "c" | "E">,
): (c: number, E: number) => number {
  const atNull = activeRatio(nothing, lam);
  const ratios = instead.map((ratio) => activeRatio(ratio, lam));
  const perActive = ratios.map((q) => Math.log(q / atNull));
  const logs = ratios.map(() => 0);
  // Loops, since this is what a simulation of millions of looks spends its time on.
  return (c, E) => {
    const base = E0 + atNull * E;
    for (let i = 0; i < ratios.length; i++) {
      const fewer = c === 0 ? 0 : c * (perActive[i] ?? 0);
      logs[i] = (fewer + (shape + c) * Math.log(base / (E0 + (ratios[i] ?? 0) * E))) / phi;
    }
    return logMean(logs);
  };
}

/** Log of the mean of numbers whose logs these are. */
export function logMean(logs: readonly number[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > highest) highest = log;
  if (highest === Number.NEGATIVE_INFINITY) return highest;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - highest);
  return highest + Math.log(sum / logs.length);
}
