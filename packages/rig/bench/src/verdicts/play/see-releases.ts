import { lookAtReleases, type ReleaseLook } from "@patchpilot/action-verify-recovery/testing";
import { BUCKET, BUCKETS_PER_HOUR, summarise } from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import type { ByRelease, World } from "../worlds/world.ts";

/** Releases are named after commits, as those of tabs and servers are: such are not installed by people. */
const RELEASES = { old: "a".repeat(40), new: "b".repeat(40) } as const;

/** A ledger is dear: what it holds up is asked again an hour or a twelfth of the time later. */
const nextLook = (buckets: number): number => buckets + Math.max(BUCKETS_PER_HOUR, buckets / 12);

/** Sessions of a unit of traffic in five minutes. */
const SESSIONS = 10;

type Side = keyof ByRelease;
const SIDES: readonly Side[] = ["old", "new", "none"];

/**
 * What the releases show at a look that saw so many buckets since the deploy, by the ledger that ships; undefined if none
 * without the fix is seen since, for then it shows nothing.
 *
 * @param errors in the buckets in which they are seen
 */
export function seeReleases(
  { start, deploy, traffic: { project } }: World,
  errors: ByRelease,
  history: History,
): ((buckets: number) => ReleaseLook) | undefined {
  const isSeen = (counts: readonly number[] = []) => counts.slice(deploy).some((count) => count > 0);
  if (!isSeen(errors.old) && !isSeen(project?.old)) return undefined;
  const anchor = start + deploy * BUCKET;
  const onset = anchor - history.baseline.exposure.length * BUCKET;
  const books = {
    anchor,
    onset,
    history: { knownFrom: onset, points: SIDES.flatMap((side) => listPoints(errors[side], side, start)) },
    traffic: countSessions(project, start),
    placements: new Map([
      [RELEASES.old, { holds: false, by: "commit" as const }],
      [RELEASES.new, { holds: true, by: "commit" as const }],
    ]),
    dispersion: measureDispersion(history),
  };
  let held: { readonly until: number; readonly look: ReleaseLook } | undefined;
  return (buckets) => {
    if (held !== undefined && buckets < held.until) return held.look;
    const look = lookAtReleases({ ...books, until: anchor + buckets * BUCKET }, RELEASES.new);
    held = look.deployed && look.rolledOut ? undefined : { until: nextLook(buckets), look };
    return look;
  };
}

const nameRelease = (side: Side): string | null => (side === "none" ? null : RELEASES[side]);

const listPoints = (counts: readonly number[], side: Side, start: number) =>
  counts.flatMap((count, i) =>
    count > 0 ? [{ at: start + i * BUCKET, count, release: nameRelease(side) }] : [],
  );

function countSessions(project: ByRelease | null, start: number) {
  if (project === null) return { source: "clock" } as const;
  const releases = SIDES.filter((side) => project[side].some((count) => count > 0)).map((side) => ({
    release: nameRelease(side),
    counts: project[side].map((count) => count * SESSIONS),
  }));
  return {
    source: "sessions",
    exposure: {
      from: start,
      releases,
      other: [],
      sampleRates: [],
      byRelease: releases.every(({ release }) => release !== null),
    },
  } as const;
}

/** Of the errors before the deploy; what came since has no part in it. */
const measureDispersion = (history: History): number =>
  summarise({ ...history, since: { events: [], exposure: [] }, hoursSinceDeploy: 0 }).phi;
