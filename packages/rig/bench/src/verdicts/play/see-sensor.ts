import {
  BUCKET,
  BUCKETS_PER_HOUR,
  findSensorHold,
  isSensorKnown,
  type LossHours,
  summariseSensor,
} from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import type { World } from "../worlds/world.ts";
import { sumReleases } from "./see-counts.ts";

/**
 * A look at the sensor costs as much as a hundred at the errors: after one that found it dead the next is a quarter of the
 * time later. What lives may be dead at the next look, so that is asked afresh before each close.
 */
const NEXT_LOOK = 1.25;

/** Whether it can be said that errors arrive, and whether they do at a look that saw so many buckets. */
export type SeenSensor = { readonly isKnown: boolean; readonly isAlive: (buckets: number) => boolean };

/**
 * What verify-recovery knows of the sensor: Sentry's outcomes by the hour, and the project's other errors as they were
 * seen.
 * @param baseline of the incident's errors
 */
export function seeSensor(world: World, baseline: History["baseline"]): SeenSensor {
  const { deploy, others, lateness, traffic } = world;
  const exposure = traffic.project === null ? others.map(() => 1) : sumReleases(traffic.project);
  const own = sum(baseline.events) / Math.max(1, sum(baseline.exposure));
  const before = { events: others.slice(0, deploy), exposure: exposure.slice(0, deploy) };
  const lookAt = (buckets: number) => {
    const arrived = (count: number, i: number) => (i + (lateness[deploy + i] ?? 0) < buckets ? count : 0);
    const events = others.slice(deploy, deploy + buckets).map(arrived);
    const since = { events, exposure: exposure.slice(deploy, deploy + buckets) };
    const losses = seeLosses(world, buckets);
    const expected = own * sum(since.exposure);
    return summariseSensor({ own: expected, others: { baseline: before, since }, losses });
  };
  let foundDead = 0;
  return {
    isKnown: isSensorKnown(lookAt(1)),
    isAlive: (buckets) => {
      if (buckets < foundDead * NEXT_LOOK) return false;
      const isAlive = findSensorHold(lookAt(buckets)) === undefined;
      if (!isAlive) foundDead = buckets;
      return isAlive;
    },
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);

function seeLosses({ start, deploy, outcomes }: World, buckets: number) {
  const { accepted, filtered, rateLimited, discarded } = outcomes;
  const sent = [accepted, filtered, rateLimited, discarded];
  const cut = (lost: readonly (readonly number[])[], from: number, until: number): LossHours => ({
    from: start + from * BUCKET,
    lost: byHour(lost, from, until),
    sent: byHour(sent, from, until),
  });
  const split = (...lost: readonly (readonly number[])[]) => ({
    before: cut(lost, 0, deploy),
    since: cut(lost, deploy, deploy + buckets),
  });
  return { limited: split(rateLimited), discarded: split(filtered, discarded) };
}

/** Sums of whole hours. */
const byHour = (rows: readonly (readonly number[])[], from: number, until: number): number[] =>
  Array.from({ length: Math.floor((until - from) / BUCKETS_PER_HOUR) }, (_, hour) => {
    let sum = 0;
    const begin = from + hour * BUCKETS_PER_HOUR;
    for (const row of rows) for (let i = begin; i < begin + BUCKETS_PER_HOUR; i++) sum += row[i] ?? 0;
    return sum;
  });
