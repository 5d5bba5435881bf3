import type { Incident } from "@patchpilot/incident";

/** The reason that the newest step of an incident gives. */
export function lastReason({ records, episode }: Incident): string | undefined {
  const steps = [
    records.dispatch?.data,
    ...[...records.attempts.values()].map(({ data }) => data),
    records.recoveries.get(episode)?.data,
  ];
  return steps
    .filter((step) => step !== undefined)
    .sort((a, b) => a.phaseAt.localeCompare(b.phaseAt))
    .at(-1)?.reason;
}
