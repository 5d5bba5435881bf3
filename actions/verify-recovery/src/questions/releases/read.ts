import { askProvider, containsFor, type Dossier, findAnchor, type RunReading } from "../reading.ts";
import type { Containment, ListedRelease } from "../sources.ts";
import { parseRelease } from "./names.ts";
import { commitIn, placeReleases, type ReleaseSighting } from "./order.ts";
import type { Placements } from "./traffic.ts";

/** Releases of one incident whose commits are looked up, the busiest first: previews come in hundreds. */
const MOST_RELEASES = 20;

/**
 * Learns what is needed to say which releases hold the fix, for all incidents at once: Sentry's list, once a run and only if
 * one of them names no commit, then the commits.
 * @returns why the commits could not be looked up
 */
export async function learnReleases(
  dossiers: readonly Dossier[],
  names: (dossier: Dossier) => readonly string[],
  reading: RunReading,
  further: readonly Containment[] = [],
): Promise<string | undefined> {
  const named = dossiers.map((dossier) => ({ dossier, releases: [...new Set(names(dossier))] }));
  const isOpen = named.some(({ releases }) =>
    releases.some((release) => parseRelease(release).commit === null),
  );
  if (isOpen) await listOnce(reading);
  const pairs = named.flatMap(({ dossier: { facts }, releases }) => {
    const { fix } = facts;
    if (fix.kind !== "merged") return [];
    const heads = releases.flatMap((release) => commitIn(release, reading.listed ?? NONE) ?? []);
    return heads.slice(0, MOST_RELEASES).map((head) => ({ fix: fix.commit, head }));
  });
  return learnContainments([...further, ...pairs], reading);
}

const NONE: ReadonlyMap<string, ListedRelease> = new Map();

async function listOnce(reading: RunReading): Promise<void> {
  const { listReleases } = reading.ports;
  if (reading.listed !== undefined || listReleases === undefined) return;
  const reply = await askProvider(reading.troubles, listReleases);
  const rows = reply.answered ? reply.value : [];
  reading.listed = new Map(rows.map((row) => [row.release, row]));
}

/** Asks of the pairs that are not known yet. @returns why there is no answer */
async function learnContainments(
  pairs: readonly Containment[],
  { ports, troubles, containments }: RunReading,
): Promise<string | undefined> {
  const open = pairs.filter(({ fix, head }) => !containments.get(fix)?.has(head));
  const unique = [...new Map(open.map((pair) => [`${pair.fix} ${pair.head}`, pair])).values()];
  if (unique.length === 0) return undefined;
  const answers = await askProvider(troubles, () => ports.readContainment(unique));
  if (!answers.answered) return answers.why;
  for (const [{ fix, head }, contained] of answers.value) {
    const heads = containments.get(fix) ?? new Map<string, boolean>();
    containments.set(fix, heads.set(head, contained));
  }
  return undefined;
}

/** Places the releases of one incident by what the run has learnt. */
export function placeFor(
  dossier: Dossier,
  sightings: readonly ReleaseSighting[],
  reading: RunReading,
): Placements {
  const { fix, deployment } = dossier.facts;
  const isLive = deployment === undefined ? dossier.facts.close !== undefined : deployment.state === "live";
  const anchor = isLive ? findAnchor(dossier) : null;
  return placeReleases(sightings, {
    merged: fix.kind === "merged" ? fix.at : null,
    anchor,
    contains: containsFor(dossier, reading),
    listed: reading.listed ?? NONE,
    deployments: reading.production?.history ?? [],
  });
}
