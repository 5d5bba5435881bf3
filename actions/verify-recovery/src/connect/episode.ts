import type { Incident } from "@patchpilot/incident";

/** When the running episode began, in milliseconds since the epoch: at acceptance, or when the issue was reopened. */
export function acceptedAt({ records, episode }: Incident): number {
  const record = records.incident?.data;
  const reopening = records.recoveries.get(episode - 1)?.data;
  const isReopened = record !== undefined && record.episode < episode && reopening !== undefined;
  return Date.parse((isReopened ? reopening.phaseAt : record?.acceptedAt) ?? "") || 0;
}

/** The first error of the running episode as far as records know: the first, or the close that it broke. */
export function findOnset(incident: Incident): number {
  const { records, episode } = incident;
  const first = Date.parse(records.incident?.data.firstSeen ?? "") || 0;
  const before = records.recoveries.get(episode - 1)?.data;
  const broken = closeIn(before?.numbers) ?? (Date.parse(before?.closedAt ?? "") || undefined);
  return episode === 1 ? first || acceptedAt(incident) : Math.max(first, broken ?? acceptedAt(incident));
}

/** The close that a decision to reopen took back stands among its facts. */
function closeIn(numbers: unknown): number | undefined {
  const at = (numbers as { facts?: { close?: { at?: unknown } } } | undefined)?.facts?.close?.at;
  return typeof at === "number" ? at : undefined;
}
