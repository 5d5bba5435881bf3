import { BUCKETS_PER_HOUR, isTrafficAlive } from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import { BUCKETS } from "../worlds/plan.ts";
import { fillBuckets } from "../worlds/truth.ts";
import type { ByRelease, World } from "../worlds/world.ts";

/** What one look after the deploy is given beside the counts. */
type GatesSeen = { readonly alive: boolean; readonly sameSampling: boolean };

export type Seen = { readonly history: History; readonly gatesAt: (buckets: number) => GatesSeen };

/** Rare errors are followed for three days, all others for two. */
const LONGEST = 72 * BUCKETS_PER_HOUR;
/** A sampling rate that changed by more makes traffic incomparable. */
const SAMPLING_FACTOR = 1.5;
const CLOCK: readonly number[] = new Array<number>(BUCKETS).fill(1);

/**
 * What verify-recovery knows of a world under version 2 of the rule: the project's traffic, split by release if that is,
 * and no word of the sensor, of the operation, of earlier deployments, or of old clients since the deploy.
 */
export function seeAsVersion2(world: World): Seen {
  const { deploy, onset, traffic } = world;
  const from = onset ?? 0;
  const counted = traffic.project;
  const isSplit = counted?.new.some((x) => x > 0) ?? false;
  const errors = isSplit ? withFix(world.events) : sumReleases(world.events);
  const until = deploy + LONGEST;
  return {
    history: {
      baseline: {
        events: sumReleases(world.events).slice(from, deploy),
        exposure: countExposure(counted, false).slice(from, deploy),
      },
      since: {
        events: delay(errors.slice(deploy, until), world.lateness.slice(deploy, until)),
        exposure: countExposure(counted, isSplit).slice(deploy, until),
      },
      clock: counted === null,
      baselineBeginsAtFirstEvent: onset !== null,
    },
    gatesAt: seeGates(world),
  };
}

function countExposure(counted: ByRelease | null, isSplit: boolean): readonly number[] {
  if (counted === null) return CLOCK;
  return isSplit ? withFix(counted) : sumReleases(counted);
}

const sumReleases = ({ old, new: fixed, none }: ByRelease): number[] =>
  fillBuckets((i) => (old[i] ?? 0) + (fixed[i] ?? 0) + (none[i] ?? 0));

/** What names no release always counts. */
const withFix = ({ new: fixed, none }: ByRelease): number[] =>
  fillBuckets((i) => (fixed[i] ?? 0) + (none[i] ?? 0));

/** An error is counted with the bucket at whose end it is seen. */
function delay(events: readonly number[], lateness: readonly number[]): number[] {
  const seen = new Array<number>(events.length).fill(0);
  for (let i = 0; i < events.length; i++) {
    const at = i + (lateness[i] ?? 0);
    if (at < seen.length) seen[at] = (seen[at] ?? 0) + (events[i] ?? 0);
  }
  return seen;
}

function seeGates({ deploy, traffic, sampleRates }: World): Seen["gatesAt"] {
  if (traffic.project === null) return () => ({ alive: true, sameSampling: true });
  const all = sumReleases(traffic.project);
  const before = mean(sampleRates.traffic.slice(0, deploy));
  return (buckets) => {
    const rate = mean(sampleRates.traffic.slice(deploy, deploy + buckets)) / before;
    return {
      alive: isTrafficAlive(all.slice(0, deploy), all.slice(deploy, deploy + buckets)) !== false,
      sameSampling: Math.max(rate, 1 / rate) <= SAMPLING_FACTOR,
    };
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
