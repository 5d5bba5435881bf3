import type { Holding } from "@patchpilot/github";
import { askProvider, containsFor, type Dossier, findAnchor, type RunReading } from "../reading.ts";
import type { Containment, ErrorHistory, ListedRelease } from "../sources.ts";
import type { CountedTraffic } from "../traffic/count.ts";
import { parseRelease } from "./names.ts";
import { commitIn, placeReleases, type ReleaseSighting } from "./order.ts";
import { listFirstNamed, type Placements } from "./traffic.ts";

/** Releases of one incident whose commits are looked up, the busiest or newest first: previews come in hundreds. */
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
    return heads.slice(0, MOST_RELEASES).map((head) => ({ fix: fix.commit, head, pull: fix.pullRequest }));
  });
  return learnContainments([...further, ...pairs], reading);
}

/** The same for the releases that raised errors, by issue number. */
export const learnRaised = (
  dossiers: readonly Dossier[],
  histories: ReadonlyMap<number, ErrorHistory>,
  reading: RunReading,
): Promise<string | undefined> =>
  learnReleases(
    dossiers,
    ({ case: { issue } }) =>
      listRaised(histories.get(issue))
        .toSorted((a, b) => b.at - a.at)
        .map(({ release }) => release),
    reading,
  );

/** The errors that name a release. */
export const listRaised = (history: ErrorHistory | undefined): ReleaseSighting[] =>
  (history?.points ?? []).flatMap(({ release, at }) => (release ? [{ release, at }] : []));

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
    const heads = containments.get(fix) ?? new Map<string, Holding>();
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

/** The same for the releases that raised an incident's errors, or that its traffic names. */
export function placeSeen(
  dossier: Dossier,
  history: ErrorHistory,
  traffic: CountedTraffic,
  reading: RunReading,
): Placements {
  const seen = traffic.source === "clock" ? [] : listFirstNamed(traffic.exposure);
  return placeFor(dossier, [...listRaised(history), ...seen], reading);
}
