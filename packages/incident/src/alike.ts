import type { Incident } from "./incident.ts";
import type { IncidentRecord } from "./records.ts";

/** What an incident is alike by: older records know nothing else of their error. */
export const readLikeness = ({ likeness, fingerprint }: IncidentRecord): string => likeness ?? fingerprint;

/** Whether two incidents look alike, so that one repair may end both: as they were accepted, or by what both are alike by. */
export function isAlike(one: Incident, other: Incident): boolean {
  const [first, second] = [one, other].map(({ records }) => records.incident?.data);
  if (first === undefined || second === undefined || one.number === other.number) return false;
  const isNamed = first.alike?.includes(other.number) || second.alike?.includes(one.number);
  const isKnown = first.likeness !== undefined || second.likeness !== undefined;
  return isNamed === true || (isKnown && readLikeness(first) === readLikeness(second));
}

/** Whether the fix of an incident is in production, as the record of its recovery says. */
export function hasLiveFix({ records, episode }: Incident): boolean {
  const { numbers } = records.recoveries.get(episode)?.data ?? {};
  const { facts } = (numbers ?? {}) as { facts?: { deployment?: { state?: unknown } } };
  return facts?.deployment?.state === "live";
}
