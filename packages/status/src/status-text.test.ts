import * as made from "@patchpilot/incident/testing";
import { describe, expect, test } from "vitest";
import { statusText } from "./status-text.ts";
import { ATTEMPT_REASONS } from "./words/attempt-reasons.ts";

type Attempt = Parameters<typeof made.attemptRecord>[0];

const statusOf = (...attempts: Attempt[]): string =>
  statusText(made.incidentOf({ attempts: attempts.map((attempt) => made.attemptRecord(attempt)) }), "");

describe("a pull request that waits for review", () => {
  const proposed = (reason: string) => statusOf({ phase: "proposed", pullRequest: 34, reason });
  const LEFT = "a reviewer asks for changes, but someone else has pushed to its branch";

  test("goes back to the agent if changes are requested", () => {
    expect(proposed(ATTEMPT_REASONS.review)).toContain("*Request changes* sends it back to the agent");
  });

  test("is not said to go back if it is left to people", () => {
    expect(proposed(LEFT)).not.toContain("sends it back");
  });

  test("says above all folds why it is left to people", () => {
    const [top] = proposed(LEFT).split("<details>");
    expect(top).toContain("A reviewer asks for changes, but someone else has pushed to its branch.");
  });
});

test("the history tells an attempt's end before the next one, at the same instant", () => {
  const history = statusOf(
    { phase: "requeued", outcome: "failed", phaseAt: made.minutesAfter(5), reason: "it failed" },
    { attempt: 2, dispatchedAt: made.minutesAfter(5), key: "pp-4242-12-a2" },
  );
  expect(history.indexOf("attempt 1: It failed.")).toBeGreaterThan(0);
  expect(history.indexOf("attempt 1: It failed.")).toBeLessThan(history.indexOf("attempt 2 asked for"));
});
