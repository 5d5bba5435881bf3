import type { Incident, Phase, Sequences, Sightings } from "@patchpilot/incident";
import type { RecordWrite } from "./hidden-line.ts";

/** Everything that one run wants to be true of one incident. What is true already is not written. */
export type IncidentChange = {
  readonly incident: Incident;
  readonly records: readonly RecordWrite[];
  /** The phase that the labels should show; undefined leaves them alone. */
  readonly phase?: Phase | undefined;
  /** What Sentry counts of the error now. It is written with the status, or alone if `isRiseDue` says so. */
  readonly seen?: Sightings | undefined;
  /** How often records had been written as a gate knows it; what claims know is read with what is rewritten. */
  readonly known?: Sequences | undefined;
  readonly state?: "close-completed" | "close-not-planned" | "reopen";
};
