import { DAY } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import type { DeploymentFact } from "../../facts.ts";
import { FIX, LIVE, liveFor, NOW, someFacts } from "../../testing/world.ts";
import { askDeployment } from "./decide.ts";
import { explainDeployment } from "./explain.ts";

const { fix } = someFacts();
const ABSENT: DeploymentFact = { state: "absent", sha: null, detail: "The fix is not in production yet." };
const AT = new Date(NOW - 2 * 3_600_000).toISOString();
const REVERTED = {
  holds: false,
  revert: { oid: "ab".repeat(20), at: AT, pull: 51, branch: "main" },
} as const;
const explain = (
  holding: Parameters<typeof explainDeployment>[3] extends infer M ? M : never,
  fact: DeploymentFact = ABSENT,
) => explainDeployment(fact, fix, liveFor(3), holding);
const settings = { allow: [], minDeployAgeMs: 0 };
const decide = (deployment: DeploymentFact, now = NOW) => {
  const answer = askDeployment(someFacts({ deployment }), now, settings);
  if (answer.kind !== "halt") throw new Error(answer.kind);
  return answer.finding;
};

describe("a reverted fix", () => {
  const fact = explain(new Map([[LIVE, REVERTED]]));

  test("is named with the commit that took it out", () => {
    expect(fact).toMatchObject({
      state: "reverted",
      detail: expect.stringContaining("reverted by abababa (#51 into main)"),
    });
  });

  test("orders no attempt: it waits for a day, and then asks", () => {
    expect(decide(fact)).toMatchObject({ decision: "wait", verdict: "not-deployed" });
    expect(decide(fact, Date.parse(AT) + DAY)).toMatchObject({
      decision: "escalate",
      verdict: "not-deployed",
    });
  });
});

const FOUND = { oid: "cd".repeat(20), pull: null, branch: null };

test.each(["pick", "revert"] as const)(
  "what looks like a %s asks within a day of the merge, and names it",
  (as) => {
    const fact = explain(new Map([[LIVE, { holds: undefined, suspect: { ...FOUND, as } }]]));
    expect(fact).toMatchObject({ state: "suspected", detail: expect.stringContaining("cdcdcdc") });
    if (fix.kind !== "merged") throw new Error("The fix is a deployment.");
    expect(decide(fact, fix.at + DAY)).toMatchObject({
      decision: "escalate",
      verdict: "inconclusive",
      next: expect.stringContaining("Look at that commit"),
    });
  },
);

test("a fix that is live under another name is said to be that", () => {
  const live: DeploymentFact = { state: "live", source: "github", sha: LIVE, since: NOW - DAY };
  const fact = explain(new Map([[LIVE, { holds: true, pick: FOUND }]]), live);
  const answer = askDeployment(someFacts({ deployment: fact }), NOW, settings);
  if (answer.kind !== "pass") throw new Error(answer.kind);
  expect(answer.check.detail).toContain("with #40, picked as cdcdcdc, since 18 November, 12:00 UTC");
});

test.each(["pending", "staged", "failed"] as const)("a deployment that is %s is what is said", (state) => {
  const fact: DeploymentFact = { state, sha: FIX, detail: "It is on its way." };
  expect(explain(new Map([[LIVE, REVERTED]]), fact)).toBe(fact);
});

test("a fix that is simply not deployed yet stays so", () => {
  expect(explain(new Map([[LIVE, { holds: false }]]))).toBe(ABSENT);
  expect(explain(undefined)).toBe(ABSENT);
});
