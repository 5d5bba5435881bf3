import { expectTraffic } from "@patchpilot/verdict/testing";
import type { ByRelease, World } from "../worlds/world.ts";
import { type Stages, seeStages, sumReleases } from "./see-counts.ts";
import { seeReleases } from "./see-releases.ts";
import { seeSensor } from "./see-sensor.ts";

/** What one look after the deploy is given beside the counts. */
export type SeenLook = {
  readonly gates: {
    readonly deployed: boolean;
    readonly alive: boolean;
    readonly sameSampling: boolean;
    readonly rolledOut: boolean;
    readonly sensorAlive: boolean;
  };
  /** Active buckets since the deploy that may disprove the fix; undefined: all. */
  readonly possiblyFixed: number | undefined;
};

/** `lookAt`: what a look knows that saw so many buckets since the deploy. */
export type Seen = {
  readonly stages: Stages;
  /** By the sensor, or the requests of the operation. Releases without the fix may do so later. */
  readonly isVouchedFor: boolean;
  readonly lookAt: (buckets: number) => SeenLook;
};

/** A sampling rate that changed by more makes traffic incomparable. */
const SAMPLING_FACTOR = 1.5;

/** What verify-recovery knows of a world: counts, hours, earlier deployments, releases and the sensor. */
export function seeAsShipped(world: World): Seen {
  const errors = delayErrors(world);
  const stages = seeStages(world, errors);
  const [{ history }] = stages;
  const traffic = seeTraffic(world);
  const lookAtReleases = seeReleases(world, errors, history);
  const sensor = seeSensor(world, history.baseline);
  const lookAt = (buckets: number): SeenLook => {
    const { deployed = true, rolledOut = true, possiblyFixed } = lookAtReleases?.(buckets) ?? {};
    const sameSampling = traffic.isSampledAlike(buckets);
    // What costs more is asked last, of what would otherwise close.
    const alive = deployed && rolledOut && sameSampling && traffic.isAlive(buckets);
    const sensorAlive = alive && sensor.isAlive(buckets);
    return { gates: { deployed, rolledOut, sameSampling, alive, sensorAlive }, possiblyFixed };
  };
  return { stages, isVouchedFor: sensor.isKnown || world.traffic.operation !== null, lookAt };
}

/** An error is counted with the bucket at whose end it is seen. */
export function delayErrors({ events, lateness }: World): ByRelease {
  if (lateness.every((late) => late === 0)) return events;
  const delay = (counts: readonly number[]) => {
    const seen = new Array<number>(counts.length).fill(0);
    for (let i = 0; i < counts.length; i++) {
      const at = i + (lateness[i] ?? 0);
      if (at < seen.length) seen[at] = (seen[at] ?? 0) + (counts[i] ?? 0);
    }
    return seen;
  };
  return { old: delay(events.old), new: delay(events.new), none: delay(events.none) };
}

function seeTraffic({ deploy, traffic, sampleRates }: World) {
  const { project } = traffic;
  if (project === null) return { isAlive: () => true, isSampledAlike: () => true };
  const all = sumReleases(project);
  const [before, since] = [all.slice(0, deploy), all.slice(deploy)];
  const usual = mean(sampleRates.traffic.slice(0, deploy));
  const isAlive = expectTraffic(before);
  return {
    isAlive: (buckets: number) => isAlive(since.slice(0, buckets)) !== false,
    isSampledAlike: (buckets: number) => {
      const rate = mean(sampleRates.traffic.slice(deploy, deploy + buckets)) / usual;
      return Math.max(rate, 1 / rate) <= SAMPLING_FACTOR;
    },
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
