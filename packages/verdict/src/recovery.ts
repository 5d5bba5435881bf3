import { type ControlSummary, hasSay, weighControl } from "./control.ts";
import {
  type Evidence,
  type EvidenceCounts,
  exposureToRecovery,
  hasBaseline,
  isKept,
  LOG_THRESHOLD,
  type RecoveryProof,
  weighEvidence,
  weighProof,
} from "./evidence.ts";
import { stoppedAfter } from "./flare.ts";
import { BLOCKER_OF_GATE, type GateBlocker } from "./gates.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { summarise } from "./summarise.ts";
import { makeCounts, type RecoveryInput, type RecoverySummary, ratePerHour } from "./summary.ts";

export type RecoveryVerdict =
  | "not-deployed"
  | "failing"
  | "recovered"
  | "inconclusive"
  | "improved"
  | "waiting";

/** What stands between the present numbers and "recovered". */
export type Blocker = GateBlocker | "evidence" | "control" | "flare" | "rank" | "too-soon" | "coverage";

/** Why a recovery is not to be trusted alone: few errors before, no stretch to compare with, only the clock, perhaps a flare. */
export type Weakness = "few" | "no-window" | "clock" | "flare";

/** What a verdict was made of. Its names are published and never change. */
export type RecoveryNumbers = Evidence &
  EvidenceCounts &
  Pick<RecoveryProof, "left" | "logNeeded"> &
  Pick<RecoverySummary, "n0" | "events0" | "windows" | "quiet"> & {
    /** Share of the buckets since the deploy whose exposure is known; 1 where there is none yet. */
    readonly coverage: number;
    /** Further exposure without an error at which the evidence suffices; 0: it does; null: it never will. */
    readonly etaExposure: number | null;
    /** Active buckets an hour before the deploy, in the hours that carry evidence. */
    readonly ratePerHour: number;
    readonly hoursSinceDeploy: number;
    /** Hours after the deploy at which an undecided incident is inconclusive. */
    readonly capHours: number;
    /** Hours since the deploy that could carry evidence; absent: all could. */
    readonly carriedHours?: number;
    /** What releases without the fix say beside the others; absent: they have no say. */
    readonly control?: RecoveryProof & Pick<ControlSummary, "expected" | "seen">;
  };

export type RecoveryAssessment = {
  readonly verdict: RecoveryVerdict;
  /** Set also before the verdict is "recovered", so that people see what is coming. */
  readonly weak: readonly Weakness[];
  /** Empty if and only if nothing stands in the way of "recovered". */
  readonly why: readonly Blocker[];
  readonly numbers: RecoveryNumbers;
  /** Hours until it can be called recovered if no further error occurs; null: never. */
  readonly etaHours: number | null;
  /** The error was too rare before the deploy to be judged within the cap, even if it never comes back. */
  readonly undecidable: boolean;
};

/**
 * Did the errors stop after the deploy? May be asked any number of times as time passes: the likelihood
 * ratios are e-processes, so the error rate holds for the whole sequence of looks.
 *
 * @throws RangeError where a series is not one of counts
 */
export function assessRecovery(input: RecoveryInput): RecoveryAssessment {
  return decideFrom(summarise(input));
}

/** The decision that the numbers of a summary give; the same for a summary that was stored as JSON and read again. */
export function decideFrom(summary: RecoverySummary): RecoveryAssessment {
  const numbers = makeNumbers(summary);
  const why = findBlockers(summary, numbers);
  return {
    verdict: judge(summary, numbers, why),
    weak: findWeaknesses(summary, numbers),
    why,
    numbers,
    etaHours: summary.eta,
    undecidable: isUndecidable(summary, numbers),
  };
}

function makeNumbers(summary: RecoverySummary): RecoveryNumbers {
  const counts = makeCounts(summary);
  return {
    ...counts,
    ...weighEvidence(counts),
    ...weighProof(counts),
    n0: summary.n0,
    events0: summary.events0,
    windows: summary.windows,
    quiet: summary.quiet,
    coverage: summary.buckets === 0 ? 1 : summary.known / summary.buckets,
    etaExposure: exposureToRecovery(counts),
    ratePerHour: ratePerHour(summary.active0, summary.known0),
    hoursSinceDeploy: summary.hours,
    capHours: summary.cap,
    ...(hasSay(summary.control) && {
      control: {
        ...weighControl(summary.control),
        expected: summary.control.expected,
        seen: summary.control.seen,
      },
    }),
    ...(summary.carried && { carriedHours: summary.carried.hours }),
  };
}

function judge(summary: RecoverySummary, numbers: RecoveryNumbers, why: readonly Blocker[]): RecoveryVerdict {
  const comparable = !summary.shut.includes("sameSampling");
  if (why.includes("not-deployed")) return "not-deployed";
  const goesOn = numbers.logF >= LOG_THRESHOLD && numbers.E > 0 && numbers.coverage >= RULE.minCoverage;
  if (comparable && goesOn && !mayFall(summary)) return "failing";
  if (why.length === 0) return "recovered";
  if (summary.hours >= summary.cap) return "inconclusive";
  if (comparable && numbers.logImproved >= LOG_THRESHOLD) return "improved";
  return "waiting";
}

/** What falls is not failing: old clients leave, and what they stored is sent late. */
function mayFall({ trend, steady }: RecoverySummary): boolean {
  if (steady !== undefined) return steady < Math.log(RULE.steadyOdds);
  return trend !== undefined && trend.slope + 2 * trend.error < 0;
}

function findBlockers(summary: RecoverySummary, numbers: RecoveryNumbers): Blocker[] {
  const blockers: Blocker[] = [];
  if (summary.shut.includes("deployed")) blockers.push("not-deployed");
  if (!isKept(numbers)) blockers.push("evidence");
  if (numbers.control && !isKept(numbers.control)) blockers.push("control");
  if (summary.young && summary.hours < stoppedAfter(summary)) blockers.push("flare");
  if (numbers.quiet > 0) blockers.push("rank");
  if (summary.known < RULE.minBuckets || summary.hours < RULE.minHours) blockers.push("too-soon");
  if (numbers.coverage < RULE.minCoverage) blockers.push("coverage");
  for (const gate of summary.shut) if (gate !== "deployed") blockers.push(BLOCKER_OF_GATE[gate]);
  return blockers;
}

function findWeaknesses(summary: RecoverySummary, numbers: RecoveryNumbers): Weakness[] {
  const weak: Weakness[] = [];
  if (numbers.k0 < RULE.weakBelow) weak.push("few");
  if (numbers.windows === 0) weak.push("no-window");
  if (summary.clock) weak.push("clock");
  if (summary.young) weak.push("flare");
  return weak;
}

/** Asked of the baseline alone, so that the answer is the same from the first look on. */
function isUndecidable(summary: RecoverySummary, numbers: RecoveryNumbers): boolean {
  const counts = { ...makeCounts(summary), c: 0, E: 0 };
  if (!hasBaseline(counts)) return true;
  const cap = summary.carried?.cap ?? summary.cap;
  if (numbers.ratePerHour < RULE.undecidablePerHour && cap <= RULE.rareCapHours) return true;
  const needed = exposureToRecovery(counts);
  const perHour = summary.E0 / (summary.known0 / BUCKETS_PER_HOUR);
  return needed === null || needed / perHour > cap;
}
