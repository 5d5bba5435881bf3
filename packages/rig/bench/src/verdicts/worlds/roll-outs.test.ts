import { describe, expect, test } from "vitest";
import { hours } from "./plan.ts";
import { allReleases, drawMany, drawOne, expectNear, mean, total } from "./testing/measure.ts";

describe.each([6, 24, 48])("a roll-out with a half-life of %s h", (halfLife) => {
  const name = `roll-out with a half-life of ${halfLife} h`;

  test("leaves half of the traffic on old clients after it, and a quarter after twice as long", () => {
    for (const { traffic, deploy } of drawMany(`${name}, errors and traffic by release`, {}, 3)) {
      const shareAt = (bucket: number) => {
        const [old, fixed] = [traffic.project?.old[bucket] ?? 0, traffic.project?.new[bucket] ?? 0];
        return old / (old + fixed);
      };
      expect(shareAt(deploy - 1)).toBe(1);
      expect(shareAt(deploy + hours(halfLife))).toBeCloseTo(0.5, 6);
      expect(shareAt(deploy + hours(2 * halfLife))).toBeCloseTo(0.25, 6);
    }
  });

  test("leaves the old clients all of their errors", () => {
    const rates = drawMany(`${name}, errors and traffic by release`, { residue: 0, perHour: 50 }).map(
      ({ events, traffic, deploy }) =>
        total(events.old.slice(deploy)) / total(traffic.operation?.old.slice(deploy) ?? []),
    );
    expectNear(mean(rates), 50 / 12, 0.05);
  });

  test("says no release where nothing is split, and only that of traffic where errors are not", () => {
    const unsplit = drawOne(`${name}, nothing by release`);
    const half = drawOne(`${name}, only traffic by release`);
    for (const world of [unsplit, half]) {
      expect(total(world?.events.old ?? [])).toBe(0);
      expect(total(world?.events.none ?? [])).toBeGreaterThan(0);
    }
    expect(total(unsplit.traffic.project?.new ?? [])).toBe(0);
    expect(total(half.traffic.project?.new ?? [])).toBeGreaterThan(0);
    expect(half.traffic.project && allReleases(half.traffic.project)[0]).toBeCloseTo(10, 9);
  });
});
