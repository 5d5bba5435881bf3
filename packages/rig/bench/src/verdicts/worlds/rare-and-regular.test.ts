import { describe, expect, test } from "vitest";
import { OFFICE } from "./hours.ts";
import { DAY_BUCKETS, hours } from "./plan.ts";
import { allReleases, drawMany, expectNear, mean, ratePerHourIn, sumEach } from "./testing/measure.ts";

const activeIn = (name: string, trials = 20) =>
  drawMany(name, { perHour: 20 }, trials).map(({ events }) =>
    allReleases(events).map((n) => (n > 0 ? 1 : 0)),
  );

/** Shares of all values that are above zero. */
const shareAbove = (values: readonly number[]) => mean(values.map((n) => (n > 0 ? 1 : 0)));

describe("errors that are rare and regular", () => {
  test.each(["once a day", "once a week", "outages of 2 h every 36 h", "one day in three"])(
    "%s: come at the rate in the mean",
    (name) => {
      expectNear(ratePerHourIn(drawMany(name, { perHour: 20 }, 150), -168, 168), 20, 0.12);
    },
  );

  test("once a day: in one half hour of each day, always the same", () => {
    for (const active of activeIn("once a day")) {
      const first = active.indexOf(1);
      const ofDay = active.flatMap((n, i) =>
        n > 0 ? [(((i - first) % DAY_BUCKETS) + DAY_BUCKETS) % DAY_BUCKETS] : [],
      );
      expect(Math.max(...ofDay)).toBeLessThan(hours(0.5));
      expect(ofDay.length).toBeGreaterThan(17 * 5);
    }
  });

  test("once a week: two or three times in seventeen days", () => {
    const days = activeIn("once a week").map(
      (active) => sumEach(active, hours(1)).filter((n) => n > 0).length,
    );
    expect(days.every((count) => count >= 2 && count <= 6)).toBe(true);
  });

  test("one day in three: on a third of the days, all day long", () => {
    const hoursWithErrors = activeIn("one day in three", 100).map((active) =>
      shareAbove(sumEach(active, hours(1))),
    );
    expectNear(mean(hoursWithErrors), 1 / 3, 0.1);
  });

  test("outages: two hours in 36", () => {
    const active = activeIn("outages of 2 h every 36 h").map((each) => shareAbove(each));
    expectNear(mean(active), 2 / 36, 0.15);
    const [one] = activeIn("outages of 2 h every 36 h", 1);
    const last = one?.lastIndexOf(1) ?? 0;
    expect(one?.slice(last - hours(33), last - hours(3)).includes(1)).toBe(false);
  });

  test("three users: each there on half of the workdays, for three of the office's hours", () => {
    const inOffice = activeIn("three users in office hours", 100).map((each) => shareAbove(each));
    const most = (3 * 3 * 0.5 * OFFICE.days) / (7 * 24);
    expect(mean(inOffice)).toBeGreaterThan(most * 0.6);
    expect(mean(inOffice)).toBeLessThan(most);
  });
});
