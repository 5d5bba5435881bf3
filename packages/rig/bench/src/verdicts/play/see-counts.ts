import { BUCKET } from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import { fillBuckets } from "../worlds/truth.ts";
import type { ByRelease, World } from "../worlds/world.ts";

/** How an incident is counted from a look on. */
export type Stage = {
  /** Buckets since the deploy that its first look sees. */
  readonly begins: number;
  readonly history: History;
};

export type Stages = readonly [Stage, ...Stage[]];

/** Fewer errors that name no release may be anybody's. */
const LEAST_UNNAMED = 5;

/**
 * What verify-recovery counts in a world: the requests of the operation if they are counted, which it splits among releases as
 * all traffic is. It counts only releases with the fix, until so many errors name none.
 *
 * @param errors in the buckets in which they are seen
 */
export function seeStages(world: World, errors: ByRelease): Stages {
  const exposure = seeExposure(world.traffic);
  const isSplit = exposure.new.some((x) => x > 0);
  if (!isSplit) return [countAll(world, errors, exposure, 1)];
  const fifth = findFifth(errors.none.slice(world.deploy));
  if (fifth === -1) return [countFixed(world, errors, exposure)];
  return [countFixed(world, errors, exposure), countAll(world, errors, exposure, fifth + 1)];
}

function findFifth(unnamed: readonly number[]): number {
  let count = 0;
  return unnamed.findIndex((each) => {
    count += each;
    return count >= LEAST_UNNAMED;
  });
}

function countAll(world: World, errors: ByRelease, exposure: ByRelease, begins: number): Stage {
  const since = { events: sumReleases(errors), exposure: sumReleases(exposure) };
  return { begins, history: layOut(world, errors, exposure, since) };
}

/** What names no release always counts. */
function countFixed(world: World, errors: ByRelease, exposure: ByRelease): Stage {
  const withFix = ({ new: fixed, none }: ByRelease) => fillBuckets((i) => (fixed[i] ?? 0) + (none[i] ?? 0));
  const history = layOut(world, errors, exposure, { events: withFix(errors), exposure: withFix(exposure) });
  const control = { events: errors.old.slice(world.deploy), exposure: exposure.old.slice(world.deploy) };
  return { begins: 1, history: { ...history, control, split: true } };
}

/** @param counted over all buckets of the world, of which those since the deploy are taken */
function layOut(world: World, errors: ByRelease, exposure: ByRelease, counted: History["since"]): History {
  const { start, deploy, onset, deploys, traffic } = world;
  const from = onset ?? 0;
  return {
    baseline: {
      events: sumReleases(errors).slice(from, deploy),
      exposure: sumReleases(exposure).slice(from, deploy),
    },
    since: { events: counted.events.slice(deploy), exposure: counted.exposure.slice(deploy) },
    clock: traffic.project === null,
    anchor: start + deploy * BUCKET,
    starts: deploys.map((at) => at - from),
    baselineBeginsAtFirstEvent: onset !== null,
    split: false,
  };
}

/** Counts of all releases, by bucket of the world. */
export const sumReleases = ({ old, new: fixed, none }: ByRelease): number[] =>
  fillBuckets((i) => (old[i] ?? 0) + (fixed[i] ?? 0) + (none[i] ?? 0));

const ZEROS: readonly number[] = fillBuckets(() => 0);
const CLOCK: ByRelease = { old: ZEROS, new: ZEROS, none: fillBuckets(() => 1) };

function seeExposure({ project, operation }: World["traffic"]): ByRelease {
  if (project === null) return CLOCK;
  if (operation === null) return project;
  const all = sumReleases(project);
  const own = sumReleases(operation);
  const narrow = (side: readonly number[]) =>
    fillBuckets((i) => (side[i] === 0 ? 0 : ((side[i] ?? 0) * (own[i] ?? 0)) / (all[i] ?? 1)));
  return { old: narrow(project.old), new: narrow(project.new), none: narrow(project.none) };
}
