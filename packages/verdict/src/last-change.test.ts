import { describe, expect, test } from "vitest";
import { measureBaseline } from "./baseline.ts";
import { findLastChange } from "./last-change.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_WEEK } from "./rule.ts";
import type { Series } from "./series.ts";
import { followRecovery } from "./testing/follow.ts";
import { poissonSeries, quietSeries, seededRandom } from "./testing/incidents.ts";

const days = (count: number) => Math.round(count * BUCKETS_PER_DAY);

/** A week of errors whose rate changed so many days before its end. */
function changed(before: number, now: number, ago: number, random: () => number): Series {
  const old = poissonSeries(BUCKETS_PER_WEEK - days(ago), before, random);
  const late = poissonSeries(days(ago), now, random);
  return { events: [...old.events, ...late.events], exposure: quietSeries(BUCKETS_PER_WEEK).exposure };
}

const start = (ago: number) => BUCKETS_PER_WEEK - days(ago);
const TRIALS = 100;

describe("a deployment after which the rate had changed", () => {
  test.each([
    ["left a fifth, a day ago", 5, 1, 1],
    ["left a fifth, three days ago", 5, 1, 3],
    ["left a third, three days ago", 3, 1, 3],
    ["made it five times as much, a day ago", 1, 5, 1],
  ])("begins the baseline: it %s", (_, before, now, ago) => {
    const random = seededRandom(before * 10 + now + ago);
    const found = Array.from({ length: TRIALS }, () =>
      findLastChange(changed(before, now, ago, random), [start(ago)]),
    );
    expect(found.filter((begin) => begin === start(ago)).length).toBeGreaterThanOrEqual(0.95 * TRIALS);
  });

  test.each([
    { since: 3, found: true },
    { since: 6, found: false },
  ])("is believed of rare errors if that is likelier than none: $since where six were due", (world) => {
    const every = (hours: number, count: number) =>
      Array.from(
        { length: days(hours / 24) },
        (_, i) =>
          Math.floor(((i + 1) * count) / days(hours / 24)) - Math.floor((i * count) / days(hours / 24)),
      );
    const events = [...every(144, 41), ...every(24, world.since)];
    expect(findLastChange({ ...quietSeries(days(7)), events }, [days(6)])).toBe(world.found ? days(6) : 0);
  });

  test("is the last of several that changed it", () => {
    const random = seededRandom(4);
    const first = poissonSeries(days(3), 20, random).events;
    const second = poissonSeries(days(2), 6, random).events;
    const third = poissonSeries(days(2), 1.5, random).events;
    const series = { ...quietSeries(days(7)), events: [...first, ...second, ...third] };
    expect(findLastChange(series, [days(1), days(3), days(4), days(5), days(6)])).toBe(days(5));
  });

  test("is none if no error followed: nothing is left to compare with", () => {
    const random = seededRandom(4);
    expect(findLastChange(changed(5, 0, 1, random), [start(1)])).toBe(0);
  });

  test("keeps half of what it left from being called recovered", () => {
    const random = seededRandom(12);
    const share = (starts: readonly number[]) => {
      const ends = Array.from({ length: TRIALS }, () =>
        followRecovery({
          baseline: changed(5, 1, 1, random),
          since: poissonSeries(days(3), 0.5, random),
          clock: false,
          baselineBeginsAtFirstEvent: false,
          starts,
        }),
      );
      return ends.filter(({ assessment }) => assessment.verdict === "recovered").length / TRIALS;
    };
    expect(share([])).toBeGreaterThan(0.2);
    expect(share([start(1)])).toBeLessThanOrEqual(0.05);
  });
});

describe("deployments that changed nothing", () => {
  test.each([1, 7, 40])("are not where the baseline begins: %d of them", (count) => {
    const random = seededRandom(count);
    const cut = [1, 5, 20].flatMap((perHour) =>
      Array.from({ length: TRIALS }, () => {
        const starts = Array.from({ length: count }, () => Math.floor(random() * BUCKETS_PER_WEEK));
        return findLastChange(poissonSeries(BUCKETS_PER_WEEK, perHour, random), starts) > 0;
      }),
    );
    expect(cut.filter(Boolean).length).toBeLessThanOrEqual(0.01 * cut.length);
  });

  test("are not where traffic fell and the errors with it", () => {
    const random = seededRandom(8);
    const { events } = changed(10, 2, 2, random);
    const exposure = events.map((_, i) => (i < start(2) ? 50 : 10));
    expect(findLastChange({ events, exposure }, [start(2)])).toBe(0);
  });

  test("are not where another burst of some hours begins", () => {
    const random = seededRandom(10);
    const cut = Array.from({ length: TRIALS }, () => {
      const bursts = [0.2, 1.4, 2.7, 3.8, 5.1].map((day) => days(day + random() / 2));
      const isBurst = (at: number) => bursts.some((burst) => at >= burst && at < burst + days(1 / 3));
      const events = Array.from({ length: days(6 + 1 / 3) }, (_, at) => {
        return at >= days(6) || isBurst(at) ? (poissonSeries(1, 2, random).events[0] ?? 0) : 0;
      });
      return findLastChange({ events, exposure: quietSeries(events.length).exposure }, [days(6)]) > 0;
    });
    expect(cut.filter(Boolean).length).toBeLessThanOrEqual(0.05 * TRIALS);
  });

  test("are not where the hours of the day end: a deployment at the end of office hours", () => {
    const random = seededRandom(9);
    const events = Array.from({ length: days(5) }, (_, i) =>
      i % BUCKETS_PER_DAY < days(1 / 3) ? (poissonSeries(1, 6, random).events[0] ?? 0) : 0,
    );
    const series = { ...quietSeries(days(5)), events };
    const { cut, hours } = measureBaseline(series, { clock: false, starts: [days(3) + days(1 / 3)] });
    expect([cut, hours === null]).toEqual([false, false]);
  });
});
