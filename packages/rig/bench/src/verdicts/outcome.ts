import {
  BUCKETS_PER_HOUR,
  countAlone,
  decideFrom,
  isTrafficAlive,
  type RecoveryAssessment,
  summarise,
} from "@patchpilot/verdict";
import { followRecovery, type History } from "@patchpilot/verdict/testing";

/** Figures are of two days of polls; rare errors may be followed for three. */
const HOURS = 48;

/** How one incident ended. */
export type Trial = {
  /** Of the rule, or "stopped". */
  readonly verdict: string;
  /** Hours after the deploy at which it ended. */
  readonly hours: number;
};

/** How the trials of one cell ended. */
export type TrialOutcome = {
  readonly trials: number;
  /** Trials called recovered within 48 h, and within the time that the rule gives itself. */
  readonly recovered: number;
  readonly recoveredAtCap: number;
  /** Trials called failing within 48 h. */
  readonly failing: number;
  /** Median time to "recovered", in hours, over all trials; null: fewer than half came to it within 48 h. */
  readonly medianHours: number | null;
};

/** Polls an incident every five minutes, as verify-recovery would, until the rule ends the matter. */
export function followTrial(history: History): Trial {
  const { buckets, assessment } = followRecovery(history, (seen) => gatesAt(history, seen));
  return { verdict: nameEnd(assessment), hours: buckets / BUCKETS_PER_HOUR };
}

/** What closes without a word that the fix did it has stopped, not recovered. */
export const nameEnd = ({ verdict, weak }: Pick<RecoveryAssessment, "verdict" | "weak">): string =>
  verdict === "recovered" && weak.includes("flare") ? "stopped" : verdict;

/** Traffic is asked for wherever it is counted. */
function gatesAt({ clock, baseline, since }: History, seen: number): { readonly alive?: boolean } {
  if (clock) return {};
  return { alive: isTrafficAlive(baseline.exposure, since.exposure.slice(0, seen)) !== false };
}

/** Hours after the deploy at which the first look promises "recovered" if no error follows; null: it names the cap. */
export function firstPromise(history: History): number | null {
  const since = {
    events: history.since.events.slice(0, 1),
    exposure: history.since.exposure.slice(0, 1),
  };
  const hoursSinceDeploy = 1 / BUCKETS_PER_HOUR;
  const summary = summarise({ ...history, since, hoursSinceDeploy });
  const { etaHours, undecidable } = decideFrom(history.alone ? countAlone(summary) : summary);
  if (undecidable || etaHours === null) return null;
  const promised = hoursSinceDeploy + etaHours;
  return promised <= summary.cap ? promised : null;
}

export function countOutcome(trials: readonly Trial[]): TrialOutcome {
  const recovered = trials.filter(({ verdict }) => verdict === "recovered");
  const inTime = recovered.filter(({ hours }) => hours <= HOURS);
  return {
    trials: trials.length,
    recovered: inTime.length,
    recoveredAtCap: recovered.length,
    failing: trials.filter(({ verdict, hours }) => verdict === "failing" && hours <= HOURS).length,
    medianHours: upperMedian(
      inTime.map(({ hours }) => hours),
      trials.length,
    ),
  };
}

/**
 * The upper median.
 *
 * @param all how many there are with those that have no value, which count as greater than any
 * @returns null where it is one of those
 */
export function upperMedian(values: readonly number[], all = values.length): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(all / 2)] ?? null;
}
