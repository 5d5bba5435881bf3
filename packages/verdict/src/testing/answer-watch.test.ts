import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "../rule.ts";
import { summarise } from "../summarise.ts";
import { decideWatch, summariseWatch } from "../watch/watch.ts";
import { answerWatch } from "./answer-watch.ts";
import { poissonSeries, quietSeries, recoveryInput, seededRandom, WEEK } from "./incidents.ts";

/** Days of silence with some of the old rate since an hour, up to the first look that would have found it. */
const anyWatch = fc.record({
  seed: fc.nat(),
  perHour: fc.constantFrom(0.3, 1, 5),
  days: fc.integer({ min: 1, max: 12 }),
  left: fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
  since: fc.double({ min: 0, max: 1, noNaN: true }),
  releases: fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 3 }),
});

test("the swift answer is that of the code that ships", () => {
  fc.assert(
    fc.property(anyWatch, ({ seed, perHour, days, left, since: begun, releases }) => {
      const random = seededRandom(seed);
      const before = summarise(recoveryInput(poissonSeries(WEEK, perHour, random), quietSeries(0)));
      const length = days * BUCKETS_PER_DAY;
      const quiet = Math.floor(begun * length);
      const came = poissonSeries(length - quiet, perHour * left, random);
      const since = {
        events: [...new Array<number>(quiet).fill(0), ...came.events],
        exposure: new Array<number>(length).fill(1),
      };
      const until = { active: new Float64Array(length + 1), exposure: new Float64Array(length + 1) };
      since.events.forEach((count, i) => {
        until.active[i + 1] = (until.active[i] ?? 0) + (count > 0 ? 1 : 0);
        until.exposure[i + 1] = i + 1;
      });
      const sorted = releases.toSorted((a, b) => a - b);
      for (let seen = 6 * BUCKETS_PER_HOUR; seen <= length; seen += 6 * BUCKETS_PER_HOUR) {
        const cut = { events: since.events.slice(0, seen), exposure: since.exposure.slice(0, seen) };
        const answer = decideWatch(summariseWatch({ before, since: cut, releases: sorted }));
        expect(answerWatch({ before, until, releases: sorted, seen })).toBe(answer);
        if (answer === "back") return;
      }
    }),
    { numRuns: 100 },
  );
});
