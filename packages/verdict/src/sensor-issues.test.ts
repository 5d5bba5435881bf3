import { describe, expect, test } from "vitest";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { findSensorHold, summariseSensor } from "./sensor.ts";

type Issue = readonly [before: number, since: number];

/** So many errors an hour, evenly, hour after hour. */
function spread(...perHour: readonly (readonly [hours: number, errors: number])[]) {
  const events = perHour.flatMap(([hours, errors]) => {
    const each = errors / BUCKETS_PER_HOUR;
    const at = (bucket: number) => Math.floor(bucket * each);
    return Array.from({ length: hours * BUCKETS_PER_HOUR }, (_, i) => at(i + 1) - at(i));
  });
  return { events, exposure: events.map(() => 10) };
}

/** Twelve errors an hour for a week, by issue, and what came since. */
const judge = (since: ReturnType<typeof spread>, ...issues: readonly Issue[]) =>
  findSensorHold(
    summariseSensor({
      own: 60,
      others: { baseline: spread([168, 12]), since },
      issues: issues.map(([before, after]) => ({ before, since: after })),
      losses: null,
    }),
  )?.kind;

const FEW = spread([10, 0.6]);
/** What one cause had: nearly all of it. */
const LOUD = [1200, 600, 100] as const;
const ENDED = LOUD.map((before): Issue => [before, 0]);

describe("other errors that seem to have stopped", () => {
  test.each<[string, Issue[]]>([
    ["one cause had most of them, and the others continue", [...ENDED, [60, 4], [40, 2]]],
    [
      "one cause had most of them, and many rare ones continue",
      [...ENDED, ...new Array<Issue>(10).fill([10, 1])],
    ],
  ])("have not if %s", (_, issues) => {
    expect(judge(FEW, ...issues)).toBeUndefined();
  });

  test.each<[string, Issue[]]>([
    ["a tenth of each is left", [...LOUD.map((n): Issue => [n, Math.round(n / 168)]), [60, 0], [40, 1]]],
    ["one straggler came of the rest", [...ENDED, [60, 1], [40, 0]]],
    ["there are no others", ENDED],
    ["nothing is known of them", []],
  ])("have if %s", (_, issues) => {
    expect(judge(FEW, ...issues)).toBe("stopped");
  });

  test("are late if those that continued have stopped since", () => {
    const rest: Issue[] = [
      [100, 36],
      [84, 30],
    ];
    expect(judge(spread([60, 1.1]), ...ENDED, ...rest)).toBeUndefined();
    expect(judge(spread([60, 1.1], [30, 0]), ...ENDED, ...rest)).toBe("late");
  });
});
