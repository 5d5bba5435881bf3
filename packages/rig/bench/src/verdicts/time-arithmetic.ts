import { assessRecovery, BUCKETS_PER_HOUR, type RecoveryInput } from "@patchpilot/verdict";
import { ROUNDS, timeBest, timeLogarithms } from "../logarithms.ts";
import { RATES, RESIDUES } from "./cells.ts";
import { type Random, seededRandom } from "./draws.ts";
import { simulateIncident } from "./simulate-incident.ts";
import type { VerdictTarget } from "./targets.ts";

const INCIDENTS = 500;
/** The same incidents took 157 ms on one machine and 330 on another: only a ratio says something of the code. */
const MOST_LOGARITHMS = 60e6;
const HOURS_SINCE = 24;

/**
 * Times the arithmetic of many incidents, a week of buckets before and a day since, in logarithms that the same core
 * takes in that time; the best of five.
 */
export function timeArithmetic(): VerdictTarget {
  const random = seededRandom(1);
  const inputs = Array.from({ length: INCIDENTS }, (_, i) => drawInput(i, random));
  const best = timeBest(() => inputs.map(assessRecovery));
  const value = 1e6 * (best / timeLogarithms());
  return {
    subject: `arithmetic of ${INCIDENTS} incidents`,
    what: `time in logarithms, best of ${ROUNDS}`,
    value,
    sense: "at most",
    figure: `${inMillions(value)}, ${Math.round(best)} ms`,
    interval: "",
    limit: `<= ${inMillions(MOST_LOGARITHMS)}`,
    met: value <= MOST_LOGARITHMS,
  };
}

const inMillions = (count: number): string => `${Math.round(count / 1e6)} million`;

function drawInput(i: number, random: Random): RecoveryInput {
  const perHour = RATES[i % RATES.length] ?? 1;
  const residue = RESIDUES[i % RESIDUES.length] ?? 1;
  const history = simulateIncident({ pattern: "daily", exposure: "noisy", residue, perHour }, random);
  const buckets = HOURS_SINCE * BUCKETS_PER_HOUR;
  const since = {
    events: history.since.events.slice(0, buckets),
    exposure: history.since.exposure.slice(0, buckets),
  };
  return { ...history, since, hoursSinceDeploy: HOURS_SINCE };
}
