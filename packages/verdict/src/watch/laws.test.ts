import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summarise } from "../summarise.ts";
import { anyIncident } from "../testing/incidents.ts";
import { decideWatch, summariseWatch, type WatchInput } from "./watch.ts";

const anyWatch: fc.Arbitrary<WatchInput> = fc
  .record({ incident: anyIncident, releases: fc.array(fc.integer({ min: -5, max: 250 }), { maxLength: 4 }) })
  .map(({ incident, releases }) => ({ before: summarise(incident), since: incident.since, releases }));

const rounding = (size: number) => 1e-9 * (1 + Math.abs(size));

/** The same with errors in one more bucket whose exposure is known. */
function addErrors(input: WatchInput, bucket: number): WatchInput {
  const { events, exposure } = input.since;
  return {
    ...input,
    since: {
      events: events.map((count, i) => (i === bucket ? count + 1 : count)),
      exposure: exposure.map((x, i) => (i === bucket && Number.isNaN(x) ? 0 : x)),
    },
  };
}

describe("laws of the watch", () => {
  test("more errors, wherever they lie, never speak for away nor against a return", () => {
    fc.assert(
      fc.property(anyWatch, fc.nat(200), (input, at) => {
        fc.pre(at < input.since.events.length);
        const fewer = summariseWatch(addErrors(input, -1));
        const more = summariseWatch(addErrors(input, at));
        expect(more.logBack).toBeGreaterThanOrEqual(fewer.logBack - rounding(fewer.logBack));
        expect(more.logAway).toBeLessThanOrEqual(fewer.logAway + rounding(fewer.logAway));
      }),
    );
  });

  test("what is back stays back with one more error now", () => {
    const isActive = fc.constantFrom(0, 0, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 1000 }),
        fc.array(isActive, { minLength: 30, maxLength: 300 }),
        (active0, events) => {
          const before = { active0, events0: active0, n0: 2016, E0: 2016, first: false, phi: 1 };
          const input = { before, since: { events, exposure: events.map(() => 1) } };
          fc.pre(decideWatch(summariseWatch(input)) === "back");
          expect(decideWatch(summariseWatch(addErrors(input, events.length - 1)))).toBe("back");
        },
      ),
    );
  });

  test("counting exposure in another unit changes nothing", () => {
    fc.assert(
      fc.property(anyWatch, fc.integer({ min: -6, max: 6 }), ({ before, since, releases = [] }, power) => {
        const scaled = summariseWatch({
          before: { ...before, E0: before.E0 * 2 ** power },
          since: { events: since.events, exposure: since.exposure.map((x) => x * 2 ** power) },
          releases,
        });
        const plain = summariseWatch({ before, since, releases });
        expect(scaled.logBack).toBeCloseTo(plain.logBack, 6);
        expect(scaled.logAway).toBeCloseTo(plain.logAway, 6);
        expect(decideWatch(scaled)).toBe(decideWatch(plain));
      }),
    );
  });

  test("before anything was seen, nothing is proven", () => {
    fc.assert(
      fc.property(anyWatch, ({ before }) => {
        const summary = summariseWatch({ before, since: { events: [], exposure: [] } });
        expect(summary).toMatchObject({ logBack: 0, logTenth: 0, logAway: 0, backSince: null });
        expect(decideWatch(summary)).toBe("unclear");
      }),
    );
  });

  test("an answer is the same from its stored numbers, which are under 400 bytes", () => {
    fc.assert(
      fc.property(anyWatch, (input) => {
        const summary = summariseWatch(input);
        const stored = JSON.stringify(summary);
        expect(stored.length).toBeLessThan(400);
        expect(decideWatch(JSON.parse(stored))).toBe(decideWatch(summary));
      }),
    );
  });
});
