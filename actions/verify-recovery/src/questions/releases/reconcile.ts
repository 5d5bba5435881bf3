import { HOUR } from "@patchpilot/time";
import type { DeploymentFact, Fix } from "../../facts.ts";
import { describeSpan } from "../../words.ts";
import type { ExposureHistory, ListedRelease } from "../sources.ts";
import { commitIn } from "./order.ts";
import { endOfTraffic, LATELY_MS, listBusiest, type Placements, splitTraffic } from "./traffic.ts";
import { nameRelease } from "./words.ts";

/** A deployment is given this long to reach visitors before traffic contradicts it. */
const REACH_MS = HOUR;

/** Less traffic than this contradicts nothing: it may be one bot. */
const LEAST_TRAFFIC = 10;

/** What must name a release of which it is known, for all to be known. */
const MOST = 0.95;

type Told = {
  readonly exposure: ExposureHistory;
  readonly placements: Placements;
  readonly listed: ReadonlyMap<string, ListedRelease>;
  /** The anchor that an earlier run wrote down. */
  readonly known: number | null;
  /** When the source last told of something that went live. */
  readonly toldAt: number | null;
};

/**
 * What visitors get overrules what a source of deployments says: traffic of which 95 % lacks the fix by its commits makes a
 * fix that should be live absent, and traffic of which most holds it makes one live that should not be.
 */
export function reconcile(
  located: DeploymentFact,
  fix: Extract<Fix, { kind: "merged" }>,
  told: Told,
): DeploymentFact {
  return located.state === "live" ? contradictLive(located, told) : contradictAbsent(located, fix, told);
}

function contradictLive(located: Extract<DeploymentFact, { state: "live" }>, told: Told): DeploymentFact {
  const until = endOfTraffic(told.exposure);
  const from = Math.max(located.since + REACH_MS, until - LATELY_MS);
  if (from >= until) return located;
  const split = splitTraffic(told.exposure, told.placements, { from, until });
  if (split.total < LEAST_TRAFFIC || split.surelyOld < MOST * split.total || split.fixed > 0) return located;
  const [busiest] = listBusiest(told.exposure, { from, until });
  const before = splitTraffic(told.exposure, told.placements, { from: located.since, until: from });
  const names = nameRelease(busiest?.release ?? "");
  const span = describeSpan(until - from);
  return before.fixed > 0
    ? {
        state: "rolled-back",
        sha: located.sha,
        detail: `The fix was live, but all traffic of the last ${span} names ${names}, which does not have it.`,
      }
    : {
        state: "absent",
        sha: located.sha,
        detail: `Nobody gets the fix: it is deployed, as ${located.source === "input" ? "`deployed-sha` says" : "its source says"}, but all traffic of the last ${span} names ${names}, which does not have it. Look for a cache that serves the old build, a process that was not restarted, or a job that uses the environment without a deployment.`,
      };
}

function contradictAbsent(
  located: DeploymentFact,
  fix: Extract<Fix, { kind: "merged" }>,
  { exposure, placements, listed, known, toldAt }: Told,
): DeploymentFact {
  const until = endOfTraffic(exposure);
  // A source that has just spoken is believed, and after a rollback clients keep the fix for a while.
  if (toldAt !== null && until - toldAt < LATELY_MS) return located;
  const needed = located.state === "rolled-back" ? MOST : 0.5;
  const isFixed = (from: number): boolean => {
    const { fixed, total } = splitTraffic(exposure, placements, { from, until: from + HOUR });
    return total > 0 && fixed > total * needed;
  };
  const lately = { from: until - HOUR, until };
  if (splitTraffic(exposure, placements, lately).total < LEAST_TRAFFIC || !isFixed(lately.from))
    return located;
  let since = lately.from;
  while (since >= fix.at && isFixed(since - HOUR)) since -= HOUR;
  // Traffic tells the hour only: what was written down holds within it.
  const isKnown = known !== null && Math.abs(known - since) <= HOUR;
  const busiest = listBusiest(exposure, lately).find(
    ({ release }) => placements.get(release)?.holds === true,
  );
  return {
    state: "live",
    source: "traffic",
    sha: busiest === undefined ? null : commitIn(busiest.release, listed),
    since: isKnown ? known : Math.max(fix.at, since),
  };
}
