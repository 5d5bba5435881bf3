import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gates } from "../gates.ts";
import { decideFrom } from "../recovery.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "../rule.ts";
import { summarise } from "../summarise.ts";
import { countAlone } from "../summary.ts";
import { followRecovery, type History, type Look } from "./follow.ts";
import { anyIncident, poissonSeries, quietSeries, regularSeries, seededRandom, WEEK } from "./incidents.ts";

/** The plain way: every look is asked in full. */
function askEveryTime(history: History, gatesAt: (buckets: number) => Partial<Gates>): Look {
  const { events, exposure } = history.since;
  const look = (buckets: number): Look => {
    const since = { events: events.slice(0, buckets), exposure: exposure.slice(0, buckets) };
    const hoursSinceDeploy = buckets / BUCKETS_PER_HOUR;
    const summary = summarise({ ...history, since, hoursSinceDeploy, gates: gatesAt(buckets) });
    return { buckets, assessment: decideFrom(history.alone ? countAlone(summary) : summary) };
  };
  for (let buckets = 1; buckets < exposure.length; buckets++) {
    const { assessment } = look(buckets);
    if (["recovered", "failing", "inconclusive"].includes(assessment.verdict)) return { buckets, assessment };
  }
  return look(exposure.length);
}

const expectSame = (history: History, gatesAt: (buckets: number) => Partial<Gates>) =>
  expect(JSON.stringify(followRecovery(history, gatesAt))).toBe(
    JSON.stringify(askEveryTime(history, gatesAt)),
  );

describe("following an incident from look to look", () => {
  test("any incident ends at the same look, with the same decision byte for byte, as when every look is asked", () => {
    fc.assert(
      fc.property(anyIncident, fc.integer({ min: 0, max: 200 }), ({ gates, ...history }, opened) => {
        expectSame(history, (buckets) => (buckets < opened ? (gates ?? {}) : {}));
      }),
    );
  });

  test("so does a plausible one, at any rate and whatever is left of it", () => {
    const anyHistory = fc.record({
      seed: fc.integer(),
      perHour: fc.constantFrom(0.25, 0.5, 1, 2, 5, 20),
      left: fc.constantFrom(1, 0.5, 0.25, 0.1, 0),
      first: fc.boolean(),
      days: fc.constantFrom(1, 7),
      alone: fc.boolean(),
    });
    fc.assert(
      fc.property(anyHistory, ({ seed, perHour, left, first, days, alone }) => {
        const random = seededRandom(seed);
        const history = {
          baseline: poissonSeries((WEEK / 7) * days, perHour, random),
          since: poissonSeries(30 * BUCKETS_PER_HOUR, perHour * left, random),
          clock: false,
          baselineBeginsAtFirstEvent: first,
          alone,
          capHours: 24,
        };
        expectSame(history, () => ({}));
      }),
      { numRuns: 30 },
    );
  });

  test("so does one that follows the hours of the day, or uptime", () => {
    const anyTimed = fc.record({
      seed: fc.integer(),
      perHour: fc.constantFrom(1, 4, 20),
      left: fc.constantFrom(1, 0.25, 0),
      anchor: fc.constantFrom(undefined, Date.parse("2026-11-27T17:00:00Z")),
      restart: fc.integer({ min: 0, max: 48 }),
    });
    fc.assert(
      fc.property(anyTimed, ({ seed, perHour, left, anchor, restart }) => {
        const random = seededRandom(seed);
        const part = (length: number, rate: number) => {
          const all = poissonSeries(length, rate, random);
          return {
            ...all,
            events: all.events.map((n, i) => (i % BUCKETS_PER_DAY < BUCKETS_PER_DAY / 3 ? n : 0)),
          };
        };
        const baseline = part(3 * BUCKETS_PER_DAY, perHour);
        const history = {
          baseline,
          since: part(48 * BUCKETS_PER_HOUR, perHour * left),
          clock: false,
          baselineBeginsAtFirstEvent: true,
          anchor,
          lead: quietSeries(10 * BUCKETS_PER_HOUR).exposure,
          starts: [baseline.exposure.length + restart * BUCKETS_PER_HOUR],
        };
        expectSame(history, () => ({}));
      }),
      { numRuns: 8 },
    );
  });

  test("a gate that is shut is asked again until it opens", () => {
    const history = {
      baseline: regularSeries(WEEK, 6),
      since: quietSeries(200),
      clock: false,
      baselineBeginsAtFirstEvent: false,
    };
    const { buckets, assessment } = followRecovery(history, (seen) => ({ healthy: seen >= 150 }));
    expect([buckets, assessment.verdict]).toEqual([150, "recovered"]);
  });
});
