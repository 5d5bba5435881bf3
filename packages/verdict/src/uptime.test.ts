import { describe, expect, test } from "vitest";
import { assessRecovery } from "./recovery.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import type { Series } from "./series.ts";
import { poissonSeries, quietSeries, recoveryInput, seededRandom } from "./testing/incidents.ts";
import { findUptime, uptimeMissing } from "./uptime.ts";

const hours = (count: number) => Math.round(count * BUCKETS_PER_HOUR);
const quiet = (count: number) => quietSeries(hours(count)).exposure;

/** Silence and errors in turn, in hours; the last is the time before the deploy. */
function leak(turns: readonly (readonly [silent: number, loud: number])[], perHour: number): Series {
  const random = seededRandom(5);
  const events = turns.flatMap(([silent, loud]) => [
    ...quietSeries(hours(silent)).events,
    ...poissonSeries(hours(loud), perHour, random).events.map((count, i) => (i === 0 ? 1 : count)),
  ]);
  return { events, exposure: quietSeries(events.length).exposure };
}

describe("an error that begins when a deployment has run for a while", () => {
  test("is known from one deployment, if its silence cannot be chance", () => {
    expect(findUptime(leak([[0, 28]], 10), [], quiet(20))).toEqual({ began: 20, needed: 25, once: true });
  });

  test("is known from several, by the longest silence", () => {
    const found = findUptime(
      leak(
        [
          [10, 6],
          [12, 6],
          [11, 6],
        ],
        5,
      ),
      [0, hours(16), hours(34)],
      [],
    );
    expect(found?.began).toBe(12);
    expect(found?.needed).toBeGreaterThanOrEqual(15);
  });

  test("is waited for longer if it came rarely", () => {
    const found = findUptime(leak([[0, 40]], 1), [], quiet(20));
    expect((found?.needed ?? 0) - 20).toBeGreaterThan(5);
  });

  test("holds recovery up, with the time at which it is asked again", () => {
    const input = { lead: quiet(20), baselineBeginsAtFirstEvent: true };
    const at = (since: number) =>
      assessRecovery(recoveryInput(leak([[0, 28]], 10), quietSeries(hours(since)), input));
    expect(at(3)).toMatchObject({ verdict: "improved", why: ["uptime"] });
    expect(at(3).etaHours).toBeCloseTo(22, 6);
    expect(at(25)).toMatchObject({ verdict: "recovered", etaHours: 0 });
  });

  test("gets the time that it needs before it is given up", () => {
    const turns = [
      [60, 12],
      [70, 12],
    ] as const;
    const input = recoveryInput(leak(turns, 10), quietSeries(hours(60)), { starts: [0, hours(72)] });
    const { verdict, why, numbers } = assessRecovery(input);
    expect(verdict).toBe("waiting");
    expect(why).toContain("uptime");
    expect(numbers.capHours).toBeGreaterThan(87.5);
  });
});

describe("uptime that was not the reason", () => {
  test("errors at once after one of the deployments", () => {
    const turns = [
      [0, 20],
      [12, 8],
    ] as const;
    expect(findUptime(leak(turns, 5), [0, hours(20)], [])).toBeNull();
  });

  test("a silence that chance explains", () => {
    expect(findUptime(leak([[0, 30]], 0.1), [], quiet(20))).toBeNull();
  });

  test("four errors in a burst", () => {
    const burst = { events: [1, 1, 1, 1, 1, 0], exposure: quiet(0.5) };
    expect(findUptime(burst, [], quiet(40))).toBeNull();
  });

  test("a night without traffic", () => {
    const night = quietSeries(hours(10), 0.01).exposure;
    expect(findUptime(leak([[0, 10]], 5), [], night)).toBeNull();
  });

  test("a deployment that ran for longer without an error", () => {
    const turns = [
      [5, 8],
      [20, 0],
      [5, 8],
    ] as const;
    expect(findUptime(leak(turns, 10), [0, hours(13), hours(33)], [])).toBeNull();
    const without = [turns[0], turns[2]];
    expect(findUptime(leak(without, 10), [0, hours(13)], [])).not.toBeNull();
  });

  test("one deployment alone, days before", () => {
    expect(findUptime(leak([[0, 28]], 10), [], quiet(60))).toBeNull();
  });

  test("restarts every four hours, whatever the error does", () => {
    const random = seededRandom(6);
    const starts = Array.from({ length: 42 }, (_, i) => hours(4 * i));
    const found = Array.from({ length: 100 }, (_, i) =>
      findUptime(poissonSeries(hours(168), [0.2, 1, 10][i % 3] ?? 1, random), starts, []),
    );
    expect(found.filter((each) => each !== null).length).toBeLessThanOrEqual(1);
  });

  test("no deployment is known", () => {
    expect(findUptime(leak([[0, 28]], 10), [], [])).toBeNull();
  });
});

describe("restarts since the fix", () => {
  const leaking = { began: 20, needed: 25 };

  test("counts from the fix on, whatever is deployed later, if it began late only once", () => {
    expect(uptimeMissing({ ...leaking, once: true }, [10, 20], 24)).toBe(1);
    expect(uptimeMissing({ ...leaking, once: true }, [10, 20], 26)).toBe(0);
  });

  test("begin the wait anew", () => {
    expect(uptimeMissing(leaking, [], 10)).toBe(15);
    expect(uptimeMissing(leaking, [8], 10)).toBe(23);
  });

  test("do not take back a run that was long enough", () => {
    expect(uptimeMissing(leaking, [26], 28)).toBe(0);
  });

  test("are those since the deploy, and no others", () => {
    expect(uptimeMissing(leaking, [-4, 40], 30)).toBe(0);
  });
});
