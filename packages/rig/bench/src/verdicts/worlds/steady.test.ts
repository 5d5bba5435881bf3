import { BUCKET } from "@patchpilot/verdict";
import { describe, test } from "vitest";
import { dayOfWeek, isWeekend } from "./hours.ts";
import {
  allReleases,
  dispersion,
  drawMany,
  drawOne,
  errorsIn,
  expectNear,
  mean,
  ratePerHourIn,
  sumEach,
  total,
} from "./testing/measure.ts";
import { WORLD_RATES, type World } from "./world.ts";

const WEEKENDS = "daily cycle, weekends at 40 %, weeks that differ by 30 %";
const projectTraffic = ({ traffic }: World) => (traffic.project ? allReleases(traffic.project) : []);

describe("errors one by one", () => {
  test.each(WORLD_RATES)("come %s an hour, and what is left of them after the deploy", (perHour) => {
    const worlds = drawMany("one by one", { perHour, residue: 0.25 }, 80);
    expectNear(ratePerHourIn(worlds, -168, 0), perHour, 0.09);
    expectNear(ratePerHourIn(worlds, 0, 240), perHour / 4, 0.15);
  });

  test("vary from hour to hour as chance has it", () => {
    const world = drawOne("one by one");
    expectNear(dispersion(sumEach(errorsIn(world, -168, 240), 12)), 1, 0.25);
  });
});

describe("a daily cycle", () => {
  const worlds = drawMany("daily cycle");

  test("brings nine times as much traffic at its peak as at its lowest", () => {
    const [world] = worlds;
    const traffic = world ? projectTraffic(world) : [];
    expectNear(Math.max(...traffic) / Math.min(...traffic), 9, 0.01);
  });

  test("keeps the errors in proportion to it, at the rate in the mean", () => {
    expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.04);
    const [high, low] = [true, false].map((isHigh) =>
      mean(
        worlds.flatMap((world) => {
          const traffic = projectTraffic(world);
          return allReleases(world.events).filter((_, i) => (traffic[i] ?? 0) > 10 === isHigh);
        }),
      ),
    );
    expectNear((high ?? 0) / (low ?? 1), (1 + 1.6 / Math.PI) / (1 - 1.6 / Math.PI), 0.08);
  });
});

describe("weeks with weekends", () => {
  const worlds = drawMany(WEEKENDS, {}, 120);

  test("have 40 % of a workday's traffic on each day of the weekend", () => {
    const [rest, work] = [true, false].map((wanted) =>
      mean(
        worlds.flatMap((world) =>
          projectTraffic(world).filter((_, i) => isWeekend(world.start + i * BUCKET) === wanted),
        ),
      ),
    );
    expectNear((rest ?? 0) / (work ?? 1), 0.4, 0.08);
  });

  test("differ from one to the next by 30 %", () => {
    const levels = worlds.map((world) => {
      const traffic = projectTraffic(world);
      const peak = traffic.findIndex((_, i) => {
        const at = world.start + i * BUCKET;
        return dayOfWeek(at) < 5 && new Date(at).getUTCHours() === 15;
      });
      return traffic[peak] ?? 0;
    });
    const middle = mean(levels);
    const variation = Math.sqrt(total(levels.map((x) => (x - middle) ** 2)) / levels.length) / middle;
    expectNear(variation, 0.3, 0.25);
  });
});
