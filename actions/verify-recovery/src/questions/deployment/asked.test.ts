import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../../decide.ts";
import type { DeploymentFact, VerifyFacts } from "../../facts.ts";
import { aCase, LIVE, NOW, SETTINGS, someFacts } from "../../testing/world.ts";
import { describeDecision } from "../../words-decision.ts";
import { startFacts } from "../fix/read.ts";

const live = (hours: number): DeploymentFact => ({
  state: "live",
  source: "github",
  sha: LIVE,
  since: NOW - hours * HOUR,
});
const untold: DeploymentFact = {
  state: "unknown",
  sha: null,
  detail: "Nothing shows what is deployed.",
  untold: true,
};
const decideAsked = (facts: Partial<VerifyFacts>, settings = SETTINGS) =>
  decideRecovery(someFacts({ kind: "asked", ...facts }), NOW, settings);

describe("work that a person asked for", () => {
  test.each(["issue", "task"])("is told by its kind: %s", (kind) => {
    const summary = { ...aCase().summary, kind };
    expect(startFacts(aCase({ summary }), 3)).toMatchObject({ kind: "asked" });
  });

  test("is asked for deployment and health alone", () => {
    const asked = (facts: Partial<VerifyFacts>) =>
      openQuestion(someFacts({ kind: "asked", ...facts }), NOW, SETTINGS);
    expect(asked({})).toBe("deployment");
    expect(asked({ deployment: live(3) })).toBe("health");
    expect(asked({ deployment: live(3), health: { state: "off", detail: "" } })).toBeUndefined();
  });

  test("is done once it is live and the app answers, and says that nothing was measured", () => {
    const decision = decideAsked({ deployment: live(3), health: { state: "healthy", detail: "200" } });
    expect(decision).toMatchObject({
      decision: "close",
      verdict: "unmeasured",
      phase: "done",
      resolve: false,
    });
    expect(decision.reason).toContain("Merged and live in a1a1a1a, and the app answers.");
    expect(decision.checks.map(({ name }) => name)).toEqual(["fix", "deployment", "health"]);
    expect(describeDecision(decision)).toMatch(/^<details><summary>Verdict: done, nothing was measured</);
  });

  test("is done on merge where nothing tells what is deployed, and says so", () => {
    expect(decideAsked({ deployment: untold })).toMatchObject({
      decision: "close",
      verdict: "unmeasured",
      phase: "done",
      reason: expect.stringContaining("whether it is live is not known"),
    });
  });

  test("waits while a source of deployments cannot answer", () => {
    const deployment: DeploymentFact = { state: "unknown", sha: null, detail: "Vercel answered 503." };
    expect(decideAsked({ deployment })).toMatchObject({ decision: "wait", phase: "verifying" });
  });

  test("waits for the deployment, and while the app does not answer", () => {
    const pending: DeploymentFact = { state: "pending", sha: LIVE, detail: "It is being built." };
    expect(decideAsked({ deployment: pending }).decision).toBe("wait");
    const down = { state: "unhealthy", detail: "it answers 500" } as const;
    expect(decideAsked({ deployment: live(3), health: down }).decision).toBe("wait");
  });

  test("is never done by a deployment that nobody said is for it", () => {
    const fix = { kind: "deployment", after: NOW - 9 * HOUR } as const;
    expect(decideAsked({ fix, phase: "accepted" })).toMatchObject({ decision: "skip", phase: "accepted" });
  });

  test("stays open where `allow` does not hold close", () => {
    const decision = decideAsked(
      { deployment: live(3), health: { state: "off", detail: "" } },
      {
        ...SETTINGS,
        allow: ["escalate"],
      },
    );
    expect(decision.decision).toBe("wait");
  });
});
