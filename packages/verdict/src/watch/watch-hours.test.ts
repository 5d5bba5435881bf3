import { expect, test } from "vitest";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "../rule.ts";
import type { Series } from "../series.ts";
import { summarise } from "../summarise.ts";
import { quietSeries, recoveryInput, WEEK } from "../testing/incidents.ts";
import { decideWatch, summariseWatch } from "./watch.ts";

/** The deploy is on a Friday at 17:00. */
const DEPLOYED = 4 * 24 + 17;

/** Errors every half hour from 9 to 17, Monday to Friday, under steady traffic. @param from hours since the deploy */
function officeHours(from: number, length: number): Series {
  const { exposure } = quietSeries(length);
  const events = exposure.map((_, i) => {
    const hour = DEPLOYED + from + 7 * 24 + i / BUCKETS_PER_HOUR;
    const isOffice = Math.floor(hour / 24) % 7 < 5 && hour % 24 >= 9 && hour % 24 < 17;
    return isOffice && i % (BUCKETS_PER_HOUR / 2) === 0 ? 1 : 0;
  });
  return { events, exposure };
}

const before = summarise(recoveryInput(officeHours(-7 * 24, WEEK), quietSeries(0)));
/** Closed two days after the deploy, on Sunday at 17:00. */
const CLOSED = 48;
const answerTo = (since: Series) =>
  decideWatch(summariseWatch({ before, since, offset: CLOSED * BUCKETS_PER_HOUR }));

test("silence on a Sunday says nothing of an error that only came in office hours", () => {
  expect(answerTo(quietSeries(15 * BUCKETS_PER_HOUR))).toBe("unclear");
});

test("silence on a Monday and a Tuesday says that it is still away", () => {
  expect(answerTo(quietSeries(2 * BUCKETS_PER_DAY))).toBe("away");
});

test("its return on Monday is found on Monday", () => {
  expect(answerTo(officeHours(CLOSED, BUCKETS_PER_DAY))).toBe("back");
});

test("errors at night are no return, and let nobody call it away", () => {
  const nights = quietSeries(2 * BUCKETS_PER_DAY);
  const events = nights.exposure.map((_, i) =>
    i % BUCKETS_PER_DAY < BUCKETS_PER_HOUR * 12 && i % 6 === 0 ? 1 : 0,
  );
  expect(answerTo({ ...nights, events })).toBe("unclear");
});
