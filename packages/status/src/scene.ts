import type { Incident, IncidentRecord } from "@patchpilot/incident";
import { describeInstant } from "@patchpilot/time";
import type { Turn } from "./decide-turn.ts";

/** What the words of a status are made of. */
export type Scene = {
  readonly incident: Incident;
  readonly turn: Turn;
  readonly accepted: IncidentRecord;
  /** Address of the repository that holds the incident. */
  readonly home: string;
  /** An instant for people; the year is named if it is not that of the newest record. */
  readonly at: (instant: string) => string;
};

export function openScene(incident: Incident, turn: Turn, accepted: IncidentRecord): Scene {
  const newest = findNewest(incident);
  return {
    incident,
    turn,
    accepted,
    home: incident.url.replace(/\/issues\/\d+$/, ""),
    at: (instant) =>
      Number.isNaN(Date.parse(instant)) ? "an unknown time" : describeInstant(instant, newest),
  };
}

/** The text must not change because time goes by, so the year of the run is that of its newest record. */
function findNewest({ records: { incident, dispatch, attempts, recoveries } }: Incident): string {
  const instants = [
    incident?.data.phaseAt,
    incident?.data.seen?.at,
    dispatch?.data.phaseAt,
    ...[...attempts.values()].flatMap(({ data }) => [data.dispatchedAt, data.phaseAt]),
    ...[...recoveries.values()].flatMap(({ data }) => [data.decidedAt]),
  ].filter((instant) => instant !== undefined && !Number.isNaN(Date.parse(instant)));
  return (
    instants.toSorted((a = "", b = "") => Date.parse(a) - Date.parse(b)).at(-1) ?? "1970-01-01T00:00:00Z"
  );
}
