import { describe, expect, test } from "vitest";
import { assessRecovery, type RecoveryVerdict } from "./recovery.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { poissonSeries, recoveryInput, seededRandom, WEEK } from "./testing/incidents.ts";

const TRIALS = 150;
const HOURS = 48;

/** Looks every hour for two days and stops at the first verdict that ends the matter. */
function follow(perHour: number, left: number, random: () => number): RecoveryVerdict {
  const baseline = poissonSeries(WEEK, perHour, random);
  const since = poissonSeries(HOURS * BUCKETS_PER_HOUR, perHour * left, random);
  for (let hour = 1; hour < HOURS; hour++) {
    const seen = hour * BUCKETS_PER_HOUR;
    const until = { events: since.events.slice(0, seen), exposure: since.exposure.slice(0, seen) };
    const { verdict } = assessRecovery(recoveryInput(baseline, until));
    if (verdict === "recovered" || verdict === "failing") return verdict;
  }
  return "inconclusive";
}

function shareOf(verdict: RecoveryVerdict, perHour: number, left: number): number {
  const random = seededRandom(perHour * 1000 + left * 10);
  const verdicts = Array.from({ length: TRIALS }, () => follow(perHour, left, random));
  return verdicts.filter((found) => found === verdict).length / TRIALS;
}

describe("simulated incidents, looked at every hour for two days", () => {
  test.each([0.5, 2, 20])(
    "nothing fixed at %d errors an hour is practically never called recovered",
    (perHour) => {
      expect(shareOf("recovered", perHour, 1)).toBeLessThanOrEqual(0.005);
    },
  );

  test.each([2, 20])("nothing fixed at %d errors an hour is called failing", (perHour) => {
    expect(shareOf("failing", perHour, 1)).toBeGreaterThan(0.85);
  });

  test.each([1, 5])("a full fix at %d errors an hour is called recovered", (perHour) => {
    expect(shareOf("recovered", perHour, 0)).toBeGreaterThan(0.93);
  });
});
