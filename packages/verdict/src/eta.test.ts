import { describe, expect, test } from "vitest";
import { hoursForExposure } from "./eta.ts";
import { assessRecovery } from "./recovery.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "./rule.ts";
import { quietSeries, recoveryInput, regularSeries, WEEK } from "./testing/incidents.ts";

/** Traffic by day, none by night; the deploy is at the end, at midnight. */
const daily = (days: number) =>
  Array.from({ length: days * BUCKETS_PER_DAY }, (_, i) =>
    i % BUCKETS_PER_DAY < BUCKETS_PER_DAY / 2 ? 0 : 10,
  );

describe("hours for a further exposure", () => {
  test("the night adds nothing", () => {
    expect(hoursForExposure(10, daily(7), 0)).toBeCloseTo(12 + 1 / 12, 9);
    expect(hoursForExposure(10, daily(1), 0)).toBeCloseTo(12 + 1 / 12, 9);
  });

  test("the walk begins at the present hour", () => {
    expect(hoursForExposure(10, daily(7), 15 * BUCKETS_PER_HOUR)).toBeCloseTo(1 / 12, 9);
  });

  test("more than a week's exposure takes whole rounds", () => {
    expect(hoursForExposure(7 * 1440 * 2, daily(7), 0)).toBeCloseTo(14 * 24, 9);
  });

  test("a baseline shorter than a day gives its mean pace", () => {
    expect(hoursForExposure(36, new Array(60).fill(2), 5)).toBeCloseTo(1.5, 9);
  });

  test("without traffic before there is no ETA", () => {
    expect(hoursForExposure(1, new Array(WEEK).fill(0), 0)).toBeNull();
    expect(hoursForExposure(1, [], 0)).toBeNull();
  });
});

describe("an ETA that nobody would live to see", () => {
  test.each([1e9, 1e18, 1e300])("%d further hours of exposure are never", (further) => {
    expect(hoursForExposure(further, new Array(WEEK).fill(0.1), 0)).toBeNull();
    expect(hoursForExposure(further, [0.1], 0)).toBeNull();
  });
});

describe("the ETA of an incident", () => {
  test("is never sooner than an hour after the deploy", () => {
    const flood = regularSeries(WEEK, 1);
    expect(assessRecovery(recoveryInput(flood, quietSeries(3))).etaHours).toBeCloseTo(0.75, 9);
  });

  test("waits until the quiet is longer than any before", () => {
    const weekdays = regularSeries(WEEK, 6);
    const events = weekdays.events.map((count, i) => (i < 2 * BUCKETS_PER_DAY ? 0 : count));
    const { why, numbers, etaHours } = assessRecovery(
      recoveryInput({ ...weekdays, events }, quietSeries(24 * 12)),
    );
    expect(why).not.toContain("no-traffic");
    expect(why).toContain("rank");
    expect(numbers.quiet).toBeGreaterThan(0);
    expect(etaHours).toBeGreaterThanOrEqual(24);
  });

  test.each([
    { step: 90, undecidable: true },
    { step: 40, undecidable: false },
  ])(
    "an error in every $step buckets is undecidable within the cap: $undecidable",
    ({ step, undecidable }) => {
      expect(assessRecovery(recoveryInput(regularSeries(WEEK, step), quietSeries(1))).undecidable).toBe(
        undecidable,
      );
    },
  );

  test("rare errors get 72 hours, others 48", () => {
    const cap = (step: number) =>
      assessRecovery(recoveryInput(regularSeries(WEEK, step), quietSeries(1))).numbers.capHours;
    expect([cap(40), cap(20)]).toEqual([72, 48]);
  });
});

describe("what a series may hold", () => {
  test("a difference in length is named", () => {
    const short = { events: [0, 0], exposure: [1] };
    expect(() => assessRecovery(recoveryInput(short, quietSeries(1)))).toThrow(
      /baseline series has 2 counts/,
    );
  });

  test("a number that is no count is named with its bucket", () => {
    const negative = { events: [0, -1], exposure: [1, 1] };
    expect(() => assessRecovery(recoveryInput(quietSeries(2), negative))).toThrow(
      /Bucket 1 of the since series/,
    );
  });
});
