import { BUCKET, BUCKETS_PER_HOUR, isTrafficAlive } from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import { BUCKETS } from "../worlds/plan.ts";
import { fillBuckets } from "../worlds/truth.ts";
import type { ByRelease, World } from "../worlds/world.ts";
import { seeSensor } from "./see-sensor.ts";

/** What one look after the deploy is given beside the counts. */
type GatesSeen = {
  readonly alive: boolean;
  readonly sameSampling: boolean;
  readonly sensorAlive: boolean;
};

export type Seen = { readonly history: History; readonly gatesAt: (buckets: number) => GatesSeen };

/** Rare errors are followed for three days, all others for two. */
const LONGEST = 72 * BUCKETS_PER_HOUR;
/** A sampling rate that changed by more makes traffic incomparable. */
const SAMPLING_FACTOR = 1.5;
const CLOCK: readonly number[] = new Array<number>(BUCKETS).fill(1);

/** What verify-recovery knows of a world while it judges. */
export function seeAsShipped(world: World): Seen {
  const history = seeHistory(world, world.deploy + LONGEST);
  const { events, exposure } = history.baseline;
  return { history, gatesAt: seeGates(world, sum(events) / Math.max(1, sum(exposure))) };
}

/**
 * The counts of a world up to a bucket: the traffic of the operation if it is counted, split by release if that is, and
 * earlier deployments. The ledger's hold for old releases is not played.
 */
export function seeHistory(world: World, until: number): History {
  const { deploy, onset, traffic } = world;
  const from = onset ?? 0;
  const counted = traffic.operation ?? traffic.project;
  const isNamed = sum(world.events.none.slice(deploy)) === 0;
  const isSplit = isNamed && (counted?.new.some((x) => x > 0) ?? false);
  const errors = isSplit ? withFix(world.events) : sumReleases(world.events);
  return {
    baseline: {
      events: sumReleases(world.events).slice(from, deploy),
      exposure: countExposure(counted, false).slice(from, deploy),
    },
    since: {
      events: delay(errors.slice(deploy, until), world.lateness.slice(deploy, until)),
      exposure: countExposure(counted, isSplit).slice(deploy, until),
    },
    clock: counted === null,
    anchor: world.start + deploy * BUCKET,
    starts: world.deploys.map((at) => at - from),
    baselineBeginsAtFirstEvent: onset !== null,
    split: isSplit,
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);

function countExposure(counted: ByRelease | null, isSplit: boolean): readonly number[] {
  if (counted === null) return CLOCK;
  return isSplit ? withFix(counted) : sumReleases(counted);
}

export const sumReleases = ({ old, new: fixed, none }: ByRelease): number[] =>
  fillBuckets((i) => (old[i] ?? 0) + (fixed[i] ?? 0) + (none[i] ?? 0));

/** What names no release always counts. */
const withFix = ({ new: fixed, none }: ByRelease): number[] =>
  fillBuckets((i) => (fixed[i] ?? 0) + (none[i] ?? 0));

/** An error is counted with the bucket at whose end it is seen. */
export function delay(events: readonly number[], lateness: readonly number[]): number[] {
  const seen = new Array<number>(events.length).fill(0);
  for (let i = 0; i < events.length; i++) {
    const at = i + (lateness[i] ?? 0);
    if (at < seen.length) seen[at] = (seen[at] ?? 0) + (events[i] ?? 0);
  }
  return seen;
}

function seeGates(world: World, own: number): Seen["gatesAt"] {
  const { deploy, traffic, sampleRates } = world;
  const until = deploy + LONGEST;
  const all = countExposure(traffic.project, false);
  const exposure = { before: all.slice(0, deploy), since: all.slice(deploy, until) };
  const isSensorAlive = seeSensor(world, exposure, own);
  const before = mean(sampleRates.traffic.slice(0, deploy));
  return (buckets) => {
    const rate = mean(sampleRates.traffic.slice(deploy, deploy + buckets)) / before;
    const isAlive = () => isTrafficAlive(exposure.before, exposure.since.slice(0, buckets)) !== false;
    return {
      alive: traffic.project === null || isAlive(),
      sameSampling: traffic.project === null || Math.max(rate, 1 / rate) <= SAMPLING_FACTOR,
      sensorAlive: isSensorAlive(buckets),
    };
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
