import { type Incident, isHeld } from "@patchpilot/incident";
import type { PerfScanInputs } from "../contract.ts";
import { type Bottleneck, isBottleneck, type JudgedOperation } from "../facts.ts";
import { judgeSince } from "./judge.ts";

/** What is to be done about a slow operation. */
export type ScanStep =
  /** No incident yet, or an issue without a record: it is accepted. */
  | { readonly do: "open"; readonly finding: Bottleneck; readonly incident?: Incident }
  /** Its incident had ended, and it is slow again. */
  | { readonly do: "reopen"; readonly finding: Bottleneck; readonly incident: Incident }
  /** Its incident is open: the newest numbers are noted if they differ. */
  | { readonly do: "note"; readonly finding: JudgedOperation; readonly incident: Incident }
  | {
      readonly do: "leave";
      readonly finding: JudgedOperation;
      readonly incident: Incident;
      readonly reason: string;
    };

/** Decides about one slow operation by the incident that the index, or an open issue, names for it. Pure. */
export function decideStep(
  finding: Bottleneck,
  incident: Incident | undefined,
  inputs: PerfScanInputs,
): ScanStep {
  if (incident === undefined) return { do: "open", finding };
  const { open, records, phase } = incident;
  const leave = (reason: string): ScanStep => ({ do: "leave", finding, incident, reason });
  if (records.newerVersion !== undefined)
    return leave(`its records are of version ${records.newerVersion}: upgrade this action`);
  if (isHeld(incident)) return leave("someone set `patchpilot:hold`");
  if (incident.locked) return leave("its conversation is locked: unlock it");
  if (phase === undefined)
    return open ? { do: "open", finding, incident } : leave("someone closed it before it was accepted");
  const endedAt = findEnd(incident);
  if (endedAt !== null) return decideReturn(finding, incident, endedAt, inputs);
  return phase === "verifying" ? leave("verify-recovery judges it") : { do: "note", finding, incident };
}

/**
 * When an incident ended, in milliseconds since the epoch; null while it goes on. A person who reopens a recovered one
 * leaves it ended: its next episode begins with a scan that finds it slow again.
 */
function findEnd({ open, closedAt, records, episode, phase }: Incident): number | null {
  if (!open) return Date.parse(closedAt ?? "") || 0;
  const recovery = records.recoveries.get(episode)?.data;
  if (recovery?.phase !== "recovered" || phase === "verifying") return null;
  return Date.parse(recovery.phaseAt) || 0;
}

/**
 * Whether an incident that ended is back. Only the hours since the close count: those before it were judged already.
 * What a person closed comes back only as a regression that began after the close, and never where he closed it as not
 * planned.
 */
function decideReturn(
  finding: JudgedOperation,
  incident: Incident,
  endedAt: number,
  inputs: PerfScanInputs,
): ScanStep {
  const { stateReason, phase } = incident;
  const leave = (reason: string): ScanStep => ({ do: "leave", finding, incident, reason });
  if (phase === "dismissed" && /^(not_planned|duplicate)$/i.test(stateReason ?? ""))
    return leave("someone closed it as not planned");
  const since = judgeSince(finding, endedAt, inputs);
  if (!isBottleneck(since)) return leave(`since it was closed: ${since.reason}`);
  const isNew = since.verdict === "regressed" && finding.breakpoint !== null && finding.breakpoint >= endedAt;
  if (phase === "dismissed" && !isNew) return leave("someone closed it, and nothing new has happened since");
  return { do: "reopen", finding: since, incident };
}
