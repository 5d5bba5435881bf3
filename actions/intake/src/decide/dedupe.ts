import type { Incident, IncidentRecord } from "@patchpilot/incident";
import { type Naming, sentryKey } from "./identify.ts";

/** By what two issues are the same: Sentry's issue, or the exception with its whole chain. */
type Identity = Pick<Naming, "key" | "fingerprint" | "error">;

/** Known incidents by what they are the same by; the oldest wins. */
export type ArrangedIncidents = {
  readonly byKey: ReadonlyMap<string, Incident>;
  readonly byFingerprint: ReadonlyMap<string, Incident>;
};

/**
 * The keys that an incident is known by: its own, and that of the Sentry issue that it turned out to be. A link may
 * name neither organization nor id, and its incident keeps the key that it was accepted under.
 */
export function incidentKeys({ key, sentry }: Pick<IncidentRecord, "key" | "sentry">): string[] {
  return sentry?.issueId === undefined ? [key] : [key, sentryKey(sentry.organization, sentry.issueId)];
}

/** Arranges incidents that have a record. */
export function arrangeKnown(incidents: readonly Incident[]): ArrangedIncidents {
  const byKey = new Map<string, Incident>();
  const byFingerprint = new Map<string, Incident>();
  for (const incident of incidents.toSorted((a, b) => a.number - b.number)) {
    const record = incident.records.incident?.data;
    if (record === undefined) continue;
    for (const key of incidentKeys(record)) if (!byKey.has(key)) byKey.set(key, incident);
    if (!byFingerprint.has(record.fingerprint) || !isOpen(byFingerprint.get(record.fingerprint)))
      byFingerprint.set(record.fingerprint, incident);
  }
  return { byKey, byFingerprint };
}

const isOpen = (incident: Incident | undefined): boolean => incident?.open === true;

/**
 * The incident that an issue repeats. The same Sentry issue is a duplicate whether the incident is open or closed.
 * The same fingerprint under another Sentry issue is one while the incident is open, or was closed as not to be
 * fixed; where it was closed as fixed, the error is back in another form and is a new incident.
 */
export function findDuplicate(
  identity: Identity,
  own: number,
  known: ArrangedIncidents,
): Incident | undefined {
  const sameKey = known.byKey.get(identity.key);
  if (sameKey !== undefined && sameKey.number !== own) return sameKey;
  const same = known.byFingerprint.get(identity.fingerprint) ?? findOlder(identity, known);
  if (same === undefined || same.number === own) return undefined;
  const refused = /^(not_planned|duplicate)$/i.test(same.stateReason ?? "");
  return same.open || refused ? same : undefined;
}

/**
 * An incident whose record knows likeness alone, as older ones do. That is enough for a plain error of the same project; what
 * has causes or no telling name could be any of several, and is similar at most.
 */
function findOlder({ error }: Identity, known: ArrangedIncidents): Incident | undefined {
  const older = error?.isPlain === true ? known.byFingerprint.get(error.likeness) : undefined;
  const slug = older?.records.incident?.data.sentry?.project;
  return slug === undefined || slug.toUpperCase() === error?.project ? older : undefined;
}

/** Drops candidates of one run that repeat each other: the lowest number stays. */
export function splitRepeats<T extends { readonly issue: number; readonly identity: Identity }>(
  candidates: readonly T[],
): {
  readonly first: readonly T[];
  readonly repeats: readonly { readonly candidate: T; readonly of: number }[];
} {
  const seen = new Map<string, number>();
  const first: T[] = [];
  const repeats: { candidate: T; of: number }[] = [];
  for (const candidate of candidates.toSorted((a, b) => a.issue - b.issue)) {
    const { key, fingerprint } = candidate.identity;
    const of = seen.get(key) ?? seen.get(fingerprint);
    if (of !== undefined) repeats.push({ candidate, of });
    else {
      first.push(candidate);
      seen.set(key, candidate.issue);
      seen.set(fingerprint, candidate.issue);
    }
  }
  return { first, repeats };
}
