import { test } from "vitest";
import { allReleases, drawMany, expectNear, mean, ratePerHourIn } from "./testing/measure.ts";

const CUBED = "errors as the cube of load";
const PEAK = "errors at peak load only";

test.each([
  [CUBED, 1],
  [`${CUBED}, 30 % less traffic since the deploy`, 0.343],
  [`${CUBED}, holiday at a quarter since the deploy`, 1 / 64],
  [PEAK, 1],
  [`${PEAK}, 30 % less traffic since the deploy`, 0],
  [`${PEAK}, holiday at a quarter since the deploy`, 0],
])("%s: the rate before, and %s of it since, with nothing fixed", (name, since) => {
  const worlds = drawMany(name, { perHour: 20 }, 60);
  expectNear(ratePerHourIn(worlds, -168, 0), 20, 0.04);
  expectNear(ratePerHourIn(worlds, 0, 240) / 20, since, 0.1);
});

test("twice the load has eight times the errors", () => {
  const buckets = drawMany(CUBED, { perHour: 50 }).flatMap(({ events, traffic }) => {
    const load = traffic.operation ? allReleases(traffic.operation) : [];
    return allReleases(events).map((count, i) => ({ count, load: load[i] ?? 0 }));
  });
  const at = (load: number) =>
    mean(buckets.flatMap((each) => (Math.abs(each.load / load - 1) < 0.05 ? [each.count] : [])));
  expectNear(at(1.6) / at(0.8), 8, 0.12);
});
