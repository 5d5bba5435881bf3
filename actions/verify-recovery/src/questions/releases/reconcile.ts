import { describeSpan, HOUR } from "@patchpilot/time";
import type { DeploymentFact, Fix } from "../../facts.ts";
import { SOURCE_NAMES } from "../../words.ts";
import type { ExposureHistory, ListedRelease } from "../sources.ts";
import { commitIn } from "./order.ts";
import {
  endOfTraffic,
  LATELY_MS,
  listApps,
  listBusiest,
  narrowToApps,
  type Placements,
  type SplitTraffic,
  splitTraffic,
} from "./traffic.ts";
import { nameRelease } from "./words.ts";

/** A deployment is given this long to reach visitors before traffic contradicts it. */
const REACH_MS = HOUR;

/** Less traffic than this contradicts nothing: it may be one bot. */
const LEAST_TRAFFIC = 10;

/** What must name a release of which it is known, for all to be known. */
const MOST = 0.95;

/** Standard errors of a share; among the hours since the deploy one falls short by so much in hardly any case. */
const SURELY = 3;

/** Production had the fix, and may have lost it. */
const WENT_BACK: readonly DeploymentFact["state"][] = ["rolled-back", "reverted", "suspected"];

type Sightings = {
  readonly exposure: ExposureHistory;
  readonly placements: Placements;
  readonly listed: ReadonlyMap<string, ListedRelease>;
  /** The anchor that an earlier run wrote down. */
  readonly known: number | null;
  /** When the source last called something live. */
  readonly spokeAt: number | null;
};

/**
 * What visitors get overrules what a source of deployments says: traffic of which 95 % lacks the fix by its commits makes a
 * fix that should be live absent, and traffic of which most holds it makes one live that should not be. Where several apps share
 * a project it is not known yet which of them fails, so all have to agree.
 */
export function reconcile(
  located: DeploymentFact,
  fix: Extract<Fix, { kind: "merged" }>,
  seen: Sightings,
): DeploymentFact {
  const until = endOfTraffic(seen.exposure);
  const apps = listApps(seen.exposure, { from: until - LATELY_MS, until });
  if (located.state === "live")
    return apps.every((app) => app === "") ? contradictLive(located, seen, until) : located;
  // A source that has just spoken is believed, and clients keep for a while what production went back from.
  if (apps.length === 0 || (seen.spokeAt !== null && until - seen.spokeAt < LATELY_MS)) return located;
  const needed = WENT_BACK.includes(located.state) ? MOST : 0.5;
  const found = apps.map((app) => {
    const exposure = narrowToApps(seen.exposure, new Set([app]));
    return findInTraffic(fix, { ...seen, exposure }, until, needed);
  });
  const live = found.toSorted((a, b) => (b?.since ?? 0) - (a?.since ?? 0))[0];
  return live === undefined || found.includes(undefined) ? located : live;
}

type Live = Extract<DeploymentFact, { state: "live" }>;

/** Is what should be live nowhere to be seen? */
function contradictLive(located: Live, { exposure, placements }: Sightings, until: number): DeploymentFact {
  const lately = { from: Math.max(located.since + REACH_MS, until - LATELY_MS), until };
  const { total, surelyOld, fixed } = splitTraffic(exposure, placements, lately);
  if (total < LEAST_TRAFFIC || surelyOld < MOST * total || fixed > 0) return located;
  const before = splitTraffic(exposure, placements, { from: located.since, until: lately.from });
  const [busiest] = listBusiest(exposure, lately);
  const all = `all traffic of the last ${describeSpan(until - lately.from)} names ${nameRelease(busiest?.release ?? "")}, which does not have it`;
  if (before.fixed > 0)
    return { state: "rolled-back", sha: located.sha, detail: `The fix was live, but ${all}.` };
  const look =
    "Look for a cache that serves the old build, a process that was not restarted, or a job that uses the environment without a deployment.";
  return {
    state: "absent",
    sha: located.sha,
    detail: `Nobody gets the fix: ${SOURCE_NAMES[located.source]} says that it is deployed, but ${all}. ${look}`,
  };
}

/** Where the traffic of up to now shows that more than a part of it holds the fix; undefined: it does not. */
function findInTraffic(
  fix: Extract<Fix, { kind: "merged" }>,
  seen: Sightings,
  until: number,
  needed: number,
): Live | undefined {
  const { exposure, placements, listed, known } = seen;
  const lately = { from: until - LATELY_MS, until };
  const { fixed, total } = splitTraffic(exposure, placements, lately);
  if (total < LEAST_TRAFFIC || fixed <= total * needed) return undefined;
  const { from, since } = findBeginning(fix, seen, until, needed);
  const busiest = listBusiest(exposure, lately).find(({ release }) => placements.get(release)?.holds);
  const sha = busiest === undefined ? null : commitIn(busiest.release, listed);
  // Traffic is known by the hour, and hours are counted from now: what was written down within the stretch stays.
  const isKnown = known !== null && known >= from - HOUR && known <= since + HOUR;
  return { state: "live", source: "traffic", sha, since: isKnown ? known : Math.max(fix.at, since) };
}

/**
 * The stretch up to now in which no hour surely had too little of the fix, and the first hour in it that had enough: hours
 * without traffic begin nothing, and one that falls short by chance ends nothing.
 */
function findBeginning(
  fix: Extract<Fix, { kind: "merged" }>,
  { exposure, placements }: Sightings,
  until: number,
  needed: number,
): { readonly from: number; readonly since: number } {
  const hourAt = (from: number) => splitTraffic(exposure, placements, { from, until: from + HOUR });
  const fallsShort = ({ fixed, total }: SplitTraffic): boolean =>
    fixed + SURELY * Math.sqrt(total * needed * (1 - needed)) < total * needed;
  let from = until;
  while (from > fix.at && !fallsShort(hourAt(from - HOUR))) from -= HOUR;
  let since = from;
  while (since < until - HOUR && hourAt(since).fixed <= needed * hourAt(since).total) since += HOUR;
  return { from, since };
}
