import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { expect } from "vitest";
import { deriveSeed, seededRandom } from "../../draws.ts";
import { drawWorld } from "../draw-world.ts";
import { BUCKETS_BEFORE } from "../plan.ts";
import type { ByRelease, Setting, World } from "../world.ts";
import { WORLDS } from "../worlds.ts";

/** The first of them. */
export function drawOne(name: string, setting: Partial<Setting> = {}): World {
  const [world] = drawMany(name, setting, 1);
  if (world === undefined) throw new RangeError("Nothing was drawn.");
  return world;
}

/** Draws of the world of that name, the same in each run. */
export function drawMany(name: string, setting: Partial<Setting> = {}, trials = 40): World[] {
  const kind = WORLDS.find((each) => each.name === name);
  if (kind === undefined) throw new RangeError(`There is no world named "${name}".`);
  const random = seededRandom(deriveSeed({ name }, 1));
  const full = { perHour: 5, residue: 1, ...setting };
  return Array.from({ length: trials }, () => drawWorld(kind.plan(random), full, random));
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const mean = (values: readonly number[]): number => total(values) / values.length;

/** Sample variance over mean. */
export function dispersion(counts: readonly number[]): number {
  const middle = mean(counts);
  return total(counts.map((n) => (n - middle) ** 2)) / (counts.length - 1) / middle;
}

/** Counts of all releases. */
export const allReleases = ({ old, new: fixed, none }: ByRelease): number[] =>
  old.map((n, i) => n + (fixed[i] ?? 0) + (none[i] ?? 0));

/** The errors of a span of hours, counted from the deploy, by bucket. */
export const errorsIn = ({ events }: World, from: number, to: number): number[] =>
  allReleases(events).slice(BUCKETS_BEFORE + from * BUCKETS_PER_HOUR, BUCKETS_BEFORE + to * BUCKETS_PER_HOUR);

/** Mean errors an hour over such a span of all the worlds. */
export const ratePerHourIn = (worlds: readonly World[], from: number, to: number): number =>
  mean(worlds.map((world) => total(errorsIn(world, from, to)) / (to - from)));

/** Sums of so many values in a row. */
export function sumEach(values: readonly number[], length: number): number[] {
  return Array.from({ length: Math.floor(values.length / length) }, (_, i) =>
    total(values.slice(i * length, (i + 1) * length)),
  );
}

/** Holds what was measured to within a share of what the law says. */
export function expectNear(value: number, law: number, share: number): void {
  expect(value).toBeGreaterThanOrEqual(law * (1 - share));
  expect(value).toBeLessThanOrEqual(law * (1 + share));
}
