import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carriesEvidence, type EvidenceHours, findEvidenceHours } from "./hours.ts";
import { assessRecovery } from "./recovery.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR, BUCKETS_PER_WEEK } from "./rule.ts";
import { type Series, tallySeries } from "./series.ts";
import { followRecovery } from "./testing/follow.ts";
import {
  poissonSeries,
  quietSeries,
  recoveryInput,
  regularSeries,
  seededRandom,
} from "./testing/incidents.ts";

const hours = (count: number) => Math.round(count * BUCKETS_PER_HOUR);
const days = (count: number) => Math.round(count * BUCKETS_PER_DAY);

/** A pattern by hours from the deploy, negative before it; the deploy is on a Friday at 17:00. */
type Rate = (hour: number) => number;
const hourOfWeek = (hour: number) => (((hour + 4 * 24 + 17) % 168) + 168) % 168;
const byDay = (hour: number) => hourOfWeek(hour) % 24 >= 9 && hourOfWeek(hour) % 24 < 17;
const isWeekend = (hour: number) => hourOfWeek(hour) >= 5 * 24;
const office: Rate = (hour) => (byDay(hour) && !isWeekend(hour) ? 1 : 0);

function draw(from: number, length: number, perHour: Rate, random: () => number): Series {
  const events: number[] = [];
  for (let i = 0; i < length; i++) {
    const [count] = poissonSeries(1, perHour((from + i) / BUCKETS_PER_HOUR), random).events;
    events.push(count ?? 0);
  }
  return { events, exposure: new Array<number>(length).fill(20) };
}

/** An error known for so many hours before that deploy, and ten days since. */
function incident(known: number, perHour: Rate, left: number, random: () => number) {
  const baseline = draw(-hours(known), hours(known), perHour, random);
  return {
    baseline: { ...baseline, events: baseline.events.with(0, 1) },
    since: draw(0, days(10), (hour) => left * perHour(hour), random),
    clock: false,
    baselineBeginsAtFirstEvent: known < 168,
    anchor: Date.parse("2026-11-27T17:00:00Z"),
  };
}

const SINCE = [
  ["Monday", 104],
  ["Tuesday", 80],
  ["Wednesday", 56],
  ["Thursday", 32],
] as const;
const MONDAY = 64;

describe.each(SINCE)("office hours only, known since %s, deployed on Friday at 17:00", (_, known) => {
  test.each([2, 8, 40])("nothing fixed at %d an hour is not called recovered", (perHour) => {
    const random = seededRandom(known + perHour);
    const rate: Rate = (hour) => perHour * office(hour);
    const ends = Array.from({ length: 20 }, () => followRecovery(incident(known, rate, 1, random)));
    expect(ends.filter(({ assessment }) => assessment.verdict === "recovered").length).toBe(0);
  });

  test.each([
    [4, 14],
    [16, 8],
    [40, 6],
  ])("a fix at %d an hour is seen on Monday, at most %d h after the hours began", (perHour, most) => {
    const random = seededRandom(known * perHour);
    const rate: Rate = (hour) => perHour * office(hour);
    const ends = Array.from({ length: 20 }, () => followRecovery(incident(known, rate, 0, random)));
    const at = ends.map(({ buckets }) => buckets / BUCKETS_PER_HOUR).toSorted((a, b) => a - b);
    expect(ends.every(({ assessment }) => assessment.verdict === "recovered")).toBe(true);
    expect(at[0]).toBeGreaterThan(MONDAY);
    expect(at[10]).toBeLessThan(MONDAY + most);
  });
});

describe("an error at certain hours", () => {
  const random = seededRandom(7);
  const known = incident(104, (hour) => 8 * office(hour), 0, random);
  const first = { events: [0], exposure: [20] };
  const assess = (since: Series) => assessRecovery(recoveryInput(known.baseline, since));

  test("has an ETA that walks over the hours that carry nothing, and keeps its word", () => {
    const promised = (assess(first).etaHours ?? 0) + 1 / BUCKETS_PER_HOUR;
    const { buckets } = followRecovery({ ...known, baselineBeginsAtFirstEvent: false });
    expect(promised).toBeGreaterThan(MONDAY);
    expect(promised).toBeCloseTo(buckets / BUCKETS_PER_HOUR, 6);
  });

  test("gets the time that those hours take, at most ten days", () => {
    expect(assess(first).numbers.capHours).toBeGreaterThan(MONDAY + 48);
    expect(assess(first).numbers.capHours).toBeLessThanOrEqual(240);
  });

  test("is not failing for what comes at other hours", () => {
    const saturday = draw(0, hours(30), (hour) => (hour > 10 ? 4 : 0), seededRandom(3));
    expect(assess(saturday).numbers.c).toBeGreaterThan(20);
    expect(assess(saturday).verdict).toBe("waiting");
  });

  test("waits for a day that the baseline saw if no instant says which day it is", () => {
    const { anchor: _, ...nameless } = incident(32, (hour) => 8 * office(hour), 0, seededRandom(6));
    const { buckets, assessment } = followRecovery(nameless);
    expect(assessment.verdict).toBe("recovered");
    expect(buckets / BUCKETS_PER_HOUR).toBeGreaterThan(MONDAY + 3 * 24);
  });

  test("that came on a weekend is not over before the next one", () => {
    const onSunday: Rate = (hour) => (byDay(hour) && isWeekend(hour + 48) ? 6 : 0);
    const shown = incident(36, onSunday, 0, seededRandom(6));
    const anchor = Date.parse("2026-11-29T17:00:00Z");
    const { buckets, assessment } = followRecovery({ ...shown, anchor });
    expect(assessment.verdict).toBe("recovered");
    expect(buckets / BUCKETS_PER_HOUR).toBeGreaterThan(5 * 24);
  });

  test("is found whatever the hour of the deploy", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 999 }), (shift, seed) => {
        const rate: Rate = (hour) => ((((hour + shift) % 24) + 24) % 24 < 8 ? 6 : 0);
        const found = find(draw(-days(6), days(6), rate, seededRandom(seed)));
        const wrong = Array.from({ length: 24 }, (_, hour) => hour).filter(
          (hour) => carriesEvidence(found, days(2) + hours(hour)) !== rate(hour) > 0,
        );
        expect(wrong.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 50 },
    );
  });

  test("is found in the week in which the clocks change", () => {
    const rate: Rate = (hour) => 6 * office(hour < -60 ? hour : hour + 1);
    const found = find(draw(-days(7), days(7), rate, seededRandom(11)));
    expect(found).not.toBeNull();
    expect(carriesEvidence(found, hours(MONDAY + 3))).toBe(true);
    expect(carriesEvidence(found, hours(12))).toBe(false);
  });

  test("has a weekend where a week is known", () => {
    const found = find(draw(-days(7), days(7), (hour) => 4 * office(hour), seededRandom(5)));
    expect(found?.days.filter((day) => day === "silent").length).toBe(2);
  });
});

const find = (baseline: Series, clock = false): EvidenceHours | null =>
  findEvidenceHours(baseline, tallySeries(baseline), { clock });

/** Traffic by day is up to nine times that by night. */
const daily = (length: number) =>
  Array.from({ length }, (_, i) => 20 * (1 + 0.8 * Math.sin((2 * Math.PI * i) / BUCKETS_PER_DAY)));

function follow(exposure: number[], perHour: number, random: () => number): Series {
  const events = exposure.flatMap((x) => poissonSeries(1, (perHour * x) / 20, random).events);
  return { events, exposure };
}

/** Bursts of `size` errors in neighbouring buckets. */
function bursts(length: number, perHour: number, size: number, random: () => number): Series {
  const events = new Array<number>(length).fill(0);
  const starts = poissonSeries(length, perHour / size, random).events;
  starts.forEach((count, i) => {
    if (count > 0) for (let j = 0; j < size; j++) events[Math.min(length - 1, i + (j % 4))] = 1;
  });
  return { events, exposure: new Array<number>(length).fill(20) };
}

describe("hours that do not matter", () => {
  const TRIALS = 150;
  const worlds: Record<string, (length: number, perHour: number, random: () => number) => Series> = {
    steady: poissonSeries,
    "with the traffic of the day": (length, perHour, random) => follow(daily(length), perHour, random),
    "in bursts of four": (length, perHour, random) => bursts(length, perHour, 4, random),
    "in bursts of twenty": (length, perHour, random) => bursts(length, perHour, 20, random),
  };

  test.each(Object.keys(worlds))("are found in at most 1 of 100: errors %s", (name) => {
    const random = seededRandom(name.length);
    const shapes = [1.3, 2, 4, 7].flatMap((known) => [0.5, 3, 20].map((perHour) => ({ known, perHour })));
    const found = shapes.flatMap(({ known, perHour }) =>
      Array.from({ length: TRIALS }, () => find(worlds[name]?.(days(known), perHour, random) as Series)),
    );
    expect(found.filter((each) => each !== null).length).toBeLessThanOrEqual(0.01 * found.length);
  });

  test("a peak at lunch that traffic explains is none", () => {
    const lunch = Array.from({ length: days(7) }, (_, i) => (i % BUCKETS_PER_DAY < hours(2) ? 200 : 5));
    expect(find(follow(lunch, 2, seededRandom(2)))).toBeNull();
  });

  test("a batch once a night is one burst a night, and stays with the dispersion", () => {
    const batch = quietSeries(days(7)).events.map((_, i) => (i % BUCKETS_PER_DAY < hours(1) ? 9 : 0));
    expect(find({ ...quietSeries(days(7)), events: batch })).toBeNull();
  });

  test("one flare of eight hours is none", () => {
    const flare = quietSeries(days(5)).events.map((_, i) => (i > days(3) && i < days(3) + hours(8) ? 1 : 0));
    expect(find({ ...quietSeries(days(5)), events: flare })).toBeNull();
  });
});

describe("by the clock", () => {
  const young = regularSeries(hours(10), 4);

  test("hours that a baseline of less than a day never saw carry nothing", () => {
    const found = find(young, true);
    const carrying = Array.from({ length: 24 }, (_, hour) => carriesEvidence(found, hours(hour)));
    expect(carrying).toEqual([...new Array(14).fill(false), ...new Array(10).fill(true)]);
    const night = assessRecovery(recoveryInput(young, quietSeries(hours(14)), { clock: true }));
    expect([night.numbers.E, night.verdict]).toEqual([0, "waiting"]);
  });

  test("counted traffic shows such hours by itself", () => {
    expect(find(young)).toBeNull();
  });

  test("a day that was seen counts whole", () => {
    expect(find(regularSeries(BUCKETS_PER_WEEK, 9), true)).toBeNull();
  });
});
