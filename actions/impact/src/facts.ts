import type { ImpactRecord, IncidentSummary, Severity } from "@patchpilot/incident";
import type { IncidentTimes } from "./decide-window.ts";

/** One incident as this action serves it. */
export type ImpactCase = {
  readonly issue: number;
  readonly open: boolean;
  /** The label patchpilot:hold is set: hands off. */
  readonly held: boolean;
  /** A newer PatchPilot wrote here: nothing may be written. */
  readonly readOnly: boolean;
  readonly summary: IncidentSummary;
  /** As it was accepted, before impact raises it. */
  readonly severity: Severity;
  readonly episode: number;
  readonly times: IncidentTimes;
  /** What was counted before. */
  readonly previous: ImpactRecord | null;
};

/** The incidents of a run. */
export type ImpactReading = {
  /** GitHub's clock, in milliseconds. */
  readonly now: number;
  readonly cases: readonly ImpactCase[];
  /** Set where the inputs or the event name issues: a sentence on each that is no incident. */
  readonly absences?: readonly string[];
};

/** A record as it shall stand on an issue. */
export type CaseRecord = {
  readonly issue: number;
  readonly text: string;
  readonly data: ImpactRecord;
  /** It says something that the issue does not say yet. */
  readonly isNews: boolean;
};
