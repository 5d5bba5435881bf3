import { HOUR } from "@patchpilot/time";
import type { Contains } from "../deployment/locate.ts";
import type { ListedRelease, Stretch } from "../sources.ts";
import { compareVersions, type ParsedRelease, parseRelease } from "./names.ts";

/** A release, and when an error or traffic first named it; of traffic that is known as well as it is counted. */
export type ReleaseSighting = {
  readonly release: string;
  readonly at: number;
  /** How long after `at` that may have been, in ms; default 0. */
  readonly within?: number;
};

/** What is known of a release: `commit` by its commit, `order` by dates and versions; null: not known. */
export type Placement = {
  readonly holds: boolean | null;
  readonly by: "commit" | "order";
  /** Of the projects that have it, as Sentry calls them; absent: not known. */
  readonly platforms?: readonly string[];
};

export type Placing = {
  /** When the fix was merged; null: nobody named one, and what was deployed counts. */
  readonly merged: number | null;
  /** Since when production has the fix; null: as far as is known it does not. */
  readonly anchor: number | null;
  readonly contains: Contains;
  /** Sentry's own list, by the release's name; empty where it was not needed. */
  readonly listed: ReadonlyMap<string, ListedRelease>;
  /** What served production, newest first. */
  readonly deployments: readonly Stretch[];
};

/** A deployment is called a success when it is over: its release is in use a while before. */
const ROLL_OUT_MS = HOUR / 2;

/** A deploy brings its release into traffic within this time. */
export const PATIENCE_MS = 2 * HOUR;

type Born = {
  readonly release: string;
  readonly name: ParsedRelease;
  /** It began between these. */
  readonly at: number;
  readonly by: number;
};

/**
 * Which releases hold the fix. A commit is asked of the repository. Any other release lacks it that was known before the merge,
 * and holds it that is no older, as a version, than one that holds it by its commit, or that came with the deploy. What was
 * first seen between merge and deploy holds it if the deploy brought no other name: then it is what was deployed.
 */
export function placeReleases(
  sightings: readonly ReleaseSighting[],
  placing: Placing,
): ReadonlyMap<string, Placement> {
  const born = listBirths(sightings, placing);
  const known = new Map<string, boolean>();
  for (const { release, name } of born) {
    const contained = askCommit(release, name, placing);
    if (contained !== undefined) known.set(release, contained);
  }
  const peers = (one: Born) => born.filter(({ name }) => name.app === one.name.app);
  return new Map(
    born.map((one): [string, Placement] => {
      const { platforms = [] } = placing.listed.get(one.release) ?? {};
      const contained = known.get(one.release);
      if (contained !== undefined) return [one.release, { holds: contained, by: "commit", platforms }];
      return [one.release, { holds: placeByOrder(one, peers(one), known, placing), by: "order", platforms }];
    }),
  );
}

function listBirths(sightings: readonly ReleaseSighting[], { listed }: Placing): Born[] {
  const firsts = new Map<string, { readonly at: number; readonly by: number }>();
  for (const { release, at, within = 0 } of sightings) {
    const born = listed.get(release)?.born ?? Number.POSITIVE_INFINITY;
    const { at: first, by } = firsts.get(release) ?? { at: born, by: born };
    firsts.set(release, { at: Math.min(at, first), by: Math.min(at + within, by) });
  }
  return [...firsts].map(([release, first]) => ({ release, name: parseRelease(release), ...first }));
}

/** The commit of a release: its name's, else Sentry's. */
export const commitIn = (release: string, listed: Placing["listed"]): string | null =>
  parseRelease(release).commit ?? listed.get(release)?.commit ?? null;

function askCommit(
  release: string,
  { short }: ParsedRelease,
  { contains, listed }: Placing,
): boolean | undefined {
  const commit = commitIn(release, listed) ?? short;
  return commit === null ? undefined : contains(commit);
}

function placeByOrder(
  one: Born,
  peers: readonly Born[],
  known: ReadonlyMap<string, boolean>,
  placing: Placing,
): boolean | null {
  const { merged, anchor, listed } = placing;
  if (isFixedName(one, peers, placing)) return null;
  const isNew = merged !== null && (listed.get(one.release)?.born ?? 0) >= merged;
  for (const peer of peers) {
    const order = compareVersions(one.name, peer.name);
    if (known.get(peer.release) === true && order > 0 && one.at >= (merged ?? 0)) return true;
    if (known.get(peer.release) === false && order < 0 && !isNew) return false;
  }
  if (merged !== null && one.by < merged) return false;
  if (anchor === null) return null;
  if (!isNew && isOutdated(one, peers, merged ?? anchor - ROLL_OUT_MS)) return null;
  const released = listed.get(one.release)?.released ?? one.by;
  if (Math.max(one.by, released) >= anchor - ROLL_OUT_MS) return true;
  if (merged === null) return null;
  const cameWithDeploy = peers.some(({ at, by }) => by >= anchor - ROLL_OUT_MS && at < anchor + PATIENCE_MS);
  const isNewest = peers.every(
    (peer) =>
      peer === one || peer.at >= anchor || compareVersions(one.name, peer.name) > 0 || peer.at < one.at,
  );
  return !cameWithDeploy && isNewest ? true : null;
}

/** An old version that few have may be seen for the first time after the deploy; only Sentry's list says that one is new. */
const isOutdated = (one: Born, peers: readonly Born[], before: number): boolean =>
  peers.some((peer) => peer.by < before && compareVersions(one.name, peer.name) < 0);

/** A name that outlived deployments, or that has no version in it, does not change with what is deployed. */
function isFixedName({ name, at }: Born, peers: readonly Born[], { deployments, anchor }: Placing): boolean {
  if (name.version === null && name.short === null && name.commit === null) return peers.length === 1;
  if (peers.length > 1) return false;
  const before = deployments.filter(
    ({ from }) => from !== null && from > at && from < (anchor ?? Number.POSITIVE_INFINITY),
  );
  return new Set(before.map(({ sha }) => sha)).size >= 2;
}
