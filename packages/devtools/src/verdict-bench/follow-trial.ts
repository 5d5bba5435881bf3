import { assessRecovery, BUCKETS_PER_HOUR, followRecovery, isTrafficAlive } from "@patchpilot/verdict";
import type { Cell } from "./cells.ts";
import type { Random } from "./draws.ts";
import { type Incident, simulateIncident } from "./simulate-incident.ts";

/** How one incident ended. */
export type Trial = {
  readonly verdict: string;
  /** Hours after the deploy at which it ended. */
  readonly hours: number;
  /** What the first look said it would take in hours if nothing more happened; null: never. */
  readonly promised: number | null;
};

/** Draws an incident and polls it every five minutes until the rule ends the matter. */
export function followTrial(cell: Cell, random: Random): Trial {
  const incident = simulateIncident(cell, random);
  const { buckets, assessment } = followRecovery(incident.history, (seen) => gatesAt(incident, seen));
  const promised = cell.residue === 0 ? promiseOf(incident) : null;
  return { verdict: assessment.verdict, hours: buckets / BUCKETS_PER_HOUR, promised };
}

/** As verify-recovery does: traffic is asked for wherever it is counted. */
function gatesAt({ history }: Incident, seen: number): { alive?: boolean } {
  if (history.clock) return {};
  const alive = isTrafficAlive(history.baseline.exposure, history.since.exposure.slice(0, seen));
  return { alive: alive !== false };
}

function promiseOf({ history }: Incident): number | null {
  const since = {
    events: history.since.events.slice(0, 1),
    exposure: history.since.exposure.slice(0, 1),
  };
  const hoursSinceDeploy = 1 / BUCKETS_PER_HOUR;
  const { etaHours } = assessRecovery({ ...history, since, hoursSinceDeploy });
  return etaHours === null ? null : hoursSinceDeploy + etaHours;
}
