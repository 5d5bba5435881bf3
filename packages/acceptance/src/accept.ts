import { createHash } from "node:crypto";
import type { Incident, IncidentRecord } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import type { OpenedIncident } from "./ports.ts";

type Warn = (sentence: string) => void;

/**
 * The subjects whose issues this run may accept, each with its issue. Another run may have opened it meanwhile; one that
 * could not finish left it without a record.
 * @param subjects in the order of their drafts
 */
export const takeOpened = <Subject extends object>(
  subjects: readonly Subject[],
  results: readonly OpenedIncident[],
  warn: Warn,
): (Subject & { readonly incident: Incident })[] =>
  results.flatMap((result, index) => {
    const subject = subjects[index];
    if (!("incident" in result)) warn(`${result.key}: ${result.message}`);
    else if (subject !== undefined && result.incident.phase === undefined && result.incident.open)
      return [{ ...subject, incident: result.incident }];
    return [];
  });

/** Decides about each; one that fails is named and left to the next run. */
export const acceptEach = <Subject extends { readonly incident: Incident }, Accepted>(
  subjects: readonly Subject[],
  accept: (subject: Subject, index: number) => Accepted,
  warn: Warn,
): Accepted[] =>
  subjects.flatMap((subject, index) => {
    try {
      return [accept(subject, index)];
    } catch (error) {
      const message = error instanceof Error ? error.message : error;
      warn(`#${subject.incident.number} could not be handled and is left to the next run: ${message}`);
      return [];
    }
  });

/** What accepting an incident changes: its record, its phase, and the state of an issue that was closed. Pure. */
export const acceptWith = (incident: Incident, text: string, data: IncidentRecord): IncidentChange => ({
  incident,
  records: [{ kind: "incident", text, data }],
  phase: "accepted",
  ...(incident.open ? {} : { state: "reopen" as const }),
});

/** A record holds at most 4 KB. */
const MOST_RECORD = 3900;

/** The first version of a record that is small enough, else the last; what is also in the text gives way. */
export const fitRecord = (versions: readonly IncidentRecord[]): IncidentRecord =>
  versions.find((one) => Buffer.byteLength(JSON.stringify(one)) <= MOST_RECORD) ??
  (versions.at(-1) as IncidentRecord);

/** The record, and what is left of it first if it is too large. */
export const leanRecords = (record: IncidentRecord): IncidentRecord[] => [
  record,
  { ...record, suspectFiles: record.suspectFiles.slice(0, 3) },
  { ...record, suspectFiles: record.suspectFiles.slice(0, 1), signature: "" },
];

/** Text that must stay exact to be of use: left out if cleaning changed it. */
export const ifUnchanged = (raw: string | null | undefined, clean: string): string | undefined =>
  raw === clean && clean !== "" ? clean : undefined;

/** SHA-256 of an issue's body, to notice a later edit. */
export const hashBody = (body: string): string => createHash("sha256").update(body).digest("hex");
