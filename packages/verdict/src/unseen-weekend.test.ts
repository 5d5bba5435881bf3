import { HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { carriesEvidence } from "./hours.ts";
import { assessRecovery } from "./recovery.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "./rule.ts";
import { summarise } from "./summarise.ts";
import { quietSeries, recoveryInput, regularSeries } from "./testing/incidents.ts";
import { findUnseenWeekend } from "./unseen-weekend.ts";

const FRIDAY = Date.parse("2026-11-27T17:00:00Z");
const MONDAY = Date.parse("2026-11-30T17:00:00Z");
const THREE_DAYS = 3 * BUCKETS_PER_DAY;
const steady = (buckets: number) => new Array<number>(buckets).fill(20);

/** Hours of the first five days after the deploy that carry no evidence: the first, and the one after the last. */
function restAfter(hours: ReturnType<typeof findUnseenWeekend>): readonly number[] {
  const rest = Array.from({ length: 24 * 5 }, (_, hour) => hour).filter(
    (hour) => !carriesEvidence(hours, hour * BUCKETS_PER_HOUR),
  );
  return rest.length === 0 ? [] : [rest[0] ?? 0, (rest.at(-1) ?? 0) + 1];
}

test("an error known since Tuesday has not seen the weekend that follows a deploy on Friday", () => {
  expect(restAfter(findUnseenWeekend(steady(THREE_DAYS), FRIDAY))).toEqual([7, 55]);
});

test("a deploy on a Saturday morning is followed by what is left of the weekend", () => {
  const hours = findUnseenWeekend(steady(BUCKETS_PER_DAY), FRIDAY + 14 * HOUR);
  expect(restAfter(hours)).toEqual([0, 41]);
});

test.each([
  ["known since Friday, deployed on Monday", THREE_DAYS, MONDAY],
  ["known for a week", 7 * BUCKETS_PER_DAY, FRIDAY],
  ["known for half a day", BUCKETS_PER_DAY / 2, FRIDAY],
  ["of which the deploy's instant is not known", THREE_DAYS, undefined],
])("every hour of an error %s can carry evidence", (_, buckets, anchor) => {
  expect(findUnseenWeekend(steady(buckets), anchor)).toBeNull();
});

test("a weekend of which nothing is known was not seen", () => {
  const exposure = steady(THREE_DAYS).map((x, i) => (i < 2 * BUCKETS_PER_DAY ? Number.NaN : x));
  expect(findUnseenWeekend(exposure, MONDAY)).not.toBeNull();
});

/** Errors every so many hours for three days up to a Friday, and none in so many hours since. */
function silence(everyHours: number, hours: number) {
  const baseline = regularSeries(THREE_DAYS, everyHours * BUCKETS_PER_HOUR);
  return recoveryInput(baseline, quietSeries(hours * BUCKETS_PER_HOUR), { anchor: FRIDAY });
}

test("a rare error is not recovered by the silence of its first weekend", () => {
  const { verdict, numbers } = assessRecovery(silence(6, 55));
  expect([verdict, numbers.carriedHours]).toEqual(["waiting", 7]);
});

test("a frequent one is, since its answer takes hours", () => {
  const { verdict, numbers } = assessRecovery(silence(0.5, 20));
  expect([verdict, numbers.carriedHours]).toEqual(["recovered", undefined]);
});

test("the watch after the close looks at the weekend, too", () => {
  expect(summarise(silence(6, 55)).evidenceHours).toBeUndefined();
});
