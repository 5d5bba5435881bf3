import { DAY, HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { expect, test } from "vitest";
import { chooseCostWindows, shiftBack } from "./decide-cost.ts";
import type { VerifyDecision, VerifyFacts } from "./facts.ts";
import { LIVE, NOW } from "./testing/world.ts";

const live = (since: number): VerifyFacts["deployment"] => ({
  state: "live",
  source: "vercel",
  sha: LIVE,
  since,
});
const choose = (onset: number, deployment: VerifyFacts["deployment"]) =>
  chooseCostWindows({ onset }, {
    numbers: { now: NOW, facts: { deployment } },
  } as unknown as VerifyDecision);

test("an incident is counted from its first error to its fix, and from there on", () => {
  const fixed = NOW - 6 * HOUR;
  expect(choose(NOW - DAY, live(fixed))).toEqual({
    lasted: { from: NOW - DAY, until: fixed },
    since: { from: fixed, until: NOW - 5 * MINUTE },
    weeks: 1,
  });
});

test("of a long one, the week before the fix is counted, beside weeks without it", () => {
  const onset = NOW - 30 * DAY;
  const windows = choose(onset, live(NOW - DAY));
  expect(windows).toMatchObject({ lasted: { from: NOW - DAY - WEEK, until: NOW - DAY }, weeks: 5 });
  for (const span of [windows?.lasted, windows?.since])
    expect(shiftBack(span as never, 5).until).toBeLessThanOrEqual(onset);
});

test("a fix in the minute of the first error is counted by the hour before it", () => {
  expect(choose(NOW - 6 * HOUR, live(NOW - 6 * HOUR))?.lasted).toEqual({
    from: NOW - 7 * HOUR,
    until: NOW - 6 * HOUR,
  });
});

test.each<[string, number, VerifyFacts["deployment"]]>([
  ["production's fix is not known", NOW - DAY, { state: "unknown", sha: null, detail: "" }],
  ["less than an hour has passed since", NOW - DAY, live(NOW - HOUR)],
  ["no comparable week was without the error", NOW - 90 * DAY, live(NOW - DAY)],
])("nothing is counted where %s", (_, onset, deployment) => {
  expect(choose(onset, deployment)).toBeUndefined();
});
