import { OUTCOMES, type PreviousAttempt } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { asRead } from "../testing/as-read.ts";
import { earlierSection } from "./words-earlier.ts";

const say = (...previous: PreviousAttempt[]): string => asRead(earlierSection(previous, []).join("\n"));

test("a fix that did not help is reported with what production measured and what it had changed", () => {
  const said = say({
    attempt: 1,
    outcome: "failing",
    pullRequest: 2,
    reason: "27 of 28",
    diff: "diff --git a/src/cart.js b/src/cart.js\n@@ -1 +1 @@\n-a\n+b\n",
    residual: {
      verdict: "failing",
      unit: "errors per hour",
      before: 5.4,
      after: 4.5,
    },
  });
  expect(said).toContain(
    "- Attempt 1 (#2) was merged and did not help. In production, errors went from 5.4 to 4.5 an hour. It had changed `src/cart.js`.",
  );
});

test("a rate that fell with the traffic is not given as what the fix did", () => {
  const residual = { verdict: "failing", unit: "errors per hour", before: 6, after: 1.5, left: 0.95 };
  expect(say({ attempt: 1, outcome: "failing", residual })).toContain(
    "In production, errors went from 6 to 1.5 an hour, with less traffic.",
  );
});

test("a rate that no record has is not said", () => {
  const residual = { verdict: "failing", unit: "errors per hour", before: null, after: null, left: 0.95 };
  expect(say({ attempt: 1, outcome: "failing", residual })).not.toContain("In production");
});

test("a slow operation is said in milliseconds", () => {
  const residual = { verdict: "failing", unit: "p95 in ms", before: 630, after: 600 };
  expect(say({ attempt: 1, outcome: "merged", residual })).toContain(
    "Production measured a p95 of 600 ms after it and 630 ms before.",
  );
});

test("a declined attempt is given with what was said, as words of others", () => {
  const declined = [{ by: "maya", text: "Not here, @here" }];
  const said = say({ attempt: 1, outcome: "declined", pullRequest: 2, reason: "closed unmerged", declined });
  expect(said).toContain("Attempt 1 (#2) was closed without a merge. `maya` said: `Not here, @here`.");
});

test("a failed attempt is given with its reason", () => {
  expect(say({ attempt: 1, outcome: "failed", reason: "it did not finish in time" })).toContain(
    "Attempt 1 failed: `it did not finish in time`.",
  );
});

test.each([...OUTCOMES, "asked", "reported", "interrupted", "red-checks"])(
  "%s has its own words",
  (outcome) => {
    expect(say({ attempt: 1, outcome })).not.toContain("has ended");
  },
);

test("an outcome of a later version has no words but that it ended", () => {
  expect(say({ attempt: 1, outcome: "new" })).toContain("- Attempt 1 has ended.");
});

test("of many attempts the newest are said, and how many were before", () => {
  const many = Array.from({ length: 9 }, (_, index) => ({ attempt: index + 1, outcome: "failed" }));
  const said = say(...many);
  expect(said).toContain("- 4 more before these.\n- Attempt 5 ");
  expect(said.match(/^- Attempt/gm)).toHaveLength(5);
});

test("a first attempt has no such section", () => {
  expect(earlierSection([], [])).toEqual([]);
});
