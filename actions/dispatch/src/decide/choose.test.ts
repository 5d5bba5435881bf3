import { OUTCOMES } from "@patchpilot/incident";
import { incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SkipReason } from "../contract.ts";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { chosen, claim, skipped, skippedForGood } from "../testing/choosing.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { atWork, disproved, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { commanded, inPhase, label } from "../testing/incidents.ts";
import { pullRequestOf, runOf } from "../testing/runs.ts";
import { choose } from "./choose.ts";

const waiting = factsOf({
  incident: inPhase("needs-human"),
  claims: claimsOf(done()),
  gate: closedAs("declined"),
});

describe("an incident that is passed over", () => {
  const issue = (changes: object, data = {}) => factsOf({ incident: incidentOf(data, changes) });
  const { incident } = factsOf();

  it.each<[SkipReason, DispatchFacts, Partial<DispatchSettings>]>([
    [
      "read-only",
      factsOf({ incident: { ...incident, records: { ...incident.records, newerVersion: 2 } } }),
      {},
    ],
    ["closed", issue({ open: false }), {}],
    ["not-accepted", issue({}, { incident: undefined }), {}],
    ["held", issue({ labels: ["patchpilot:hold"] }), {}],
    ["locked", issue({ locked: true }), {}],
    ["verifying", factsOf({ incident: inPhase("verifying") }), {}],
    ["needs-human", waiting, {}],
    ["in-flight", atWork({ gate: working, runs: [runOf()] }), {}],
    ["in-flight", atWork({ gate: working, runs: [runOf({ ended: true })] }), {}],
    ["in-flight", factsOf({ claims: claimsOf(intent({ deadline: minutesAfter(61) })) }), {}],
    ["proposed", atWork({ pullRequest: pullRequestOf() }), {}],
    ["observe", factsOf(), { autonomy: "observe" }],
    ["fix-in-flight", issue({}, { incident: incidentRecord({ standDown: "Seer opened #9" }) }), {}],
    ["cause-spent", factsOf({ claims: claimsOf(done()), gate: closedAs("declined") }), {}],
  ])("says %s", (reason, facts, settings) => {
    const choice = chosen(facts, settings);
    expect(choice).toEqual(skipped(reason));
    expect(choice).not.toHaveProperty("forGood");
  });

  it.each<[SkipReason, DispatchFacts, Partial<DispatchSettings>]>([
    ["below-severity", factsOf(), { minSeverity: "critical" }],
    ["below-confidence", factsOf(), { minConfidence: 0.91 }],
    [
      "attempts-exhausted",
      factsOf({ claims: claimsOf(done()), gate: closedAs("failed") }),
      { maxAttempts: 1 },
    ],
    [
      "retry-not-allowed",
      factsOf({ claims: claimsOf(done()), gate: closedAs("failed") }),
      { allow: ["close", "escalate"] },
    ],
    ["dispatch-refused", factsOf({ claims: claimsOf(refused({ refusals: 2 })) }), {}],
    ["frozen", factsOf({ claims: claimsOf("unreadable") }), {}],
  ])("says %s to a person, as no later run changes it", (reason, facts, settings) => {
    expect(chosen(facts, settings)).toEqual(skippedForGood(reason));
  });

  it("tells a person that GitHub refuses to close a gate", () => {
    const reason = "GitHub does not let its gate be closed (rule)";
    expect(choose(atWork(), { kind: "stuck", reason }, settingsOf())).toEqual({
      kind: "skip",
      reason: "claim-refused",
      detail: reason,
      forGood: true,
    });
  });

  it("tells why it waits for a person", () => {
    expect(chosen(waiting)).toMatchObject({ detail: "why" });
  });

  it("is at the threshold, not below it", () => {
    expect(chosen(factsOf(), { minSeverity: "high", minConfidence: 0.9 }).kind).toBe("claim");
  });
});

describe("the cause of an attempt", () => {
  it("is acceptance for the first one", () => {
    expect(chosen(factsOf())).toEqual(claim(1, "acceptance/e1"));
  });

  it.each(["failed", "no-change", "failing", "replaced"] as const)("is the outcome %s", (outcome) => {
    const facts = factsOf({ claims: claimsOf(done()), gate: closedAs(outcome) });
    expect(chosen(facts)).toEqual(claim(2, "outcome/a1"));
  });

  it.each(["lost", "declined"] as const)("is not the outcome %s, which a person looks at", (outcome) => {
    const facts = factsOf({ claims: claimsOf(done()), gate: closedAs(outcome) });
    expect(chosen(facts)).toEqual(skipped("cause-spent"));
  });

  it("is a verdict on the merge of the last one", () => {
    expect(chosen(disproved())).toEqual(claim(2, "failing/a1/abc"));
  });

  it.each([{ mergeCommit: "def" }, { attempt: 2 }, { decision: "wait" }])(
    "is not a verdict that says %j",
    (change) => {
      expect(chosen(disproved(change))).toEqual(skipped("cause-spent"));
    },
  );

  it("is acceptance again after the issue was reopened", () => {
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    for (const outcome of OUTCOMES)
      expect(chosen(factsOf({ incident, claims: claimsOf(done()), gate: closedAs(outcome) }))).toEqual(
        claim(2, "acceptance/e2"),
      );
  });

  it("is `redispatch`, once for each run", () => {
    const gate = closedAs("replaced");
    const opened = factsOf({ claims: claimsOf(done()), gate });
    const again = factsOf({ claims: claimsOf(done(), done({ cause: "redispatch/900" })), gate });
    expect(chosen(opened, { redispatch: true })).toEqual(claim(2, "redispatch/900"));
    expect(chosen(again, { redispatch: true })).toEqual(claim(3, "outcome/a2"));
  });

  it("is never one that a claim names, whatever happened", () => {
    const causes = fc.constantFrom(
      "acceptance/e1",
      "outcome/a1",
      "outcome/a2",
      "label/LE_retry",
      "label/LE_take-on",
    );
    const facts = fc.record({
      claims: fc.uniqueArray(causes, { maxLength: 4 }),
      outcome: fc.constantFrom(...OUTCOMES),
      commands: fc.subarray(["take-on", "retry"] as const),
    });
    fc.assert(
      fc.property(facts, ({ claims, outcome, commands }) => {
        const incident = incidentOf({}, { commands: commands.map((each) => label(each)) });
        const vouchedBy = Object.fromEntries(commands.map((each) => [each, true]));
        const gate = claims.length === 0 ? ({ state: "absent" } as const) : closedAs(outcome);
        const choice = chosen(
          factsOf({ incident, vouchedBy, gate, claims: claimsOf(...claims.map((cause) => done({ cause }))) }),
          { maxAttempts: 20 },
        );
        if (choice.kind === "claim") expect(claims).not.toContain(choice.cause);
      }),
    );
  });
});

describe("an attempt that goes out again", () => {
  it("keeps its number after a first loss, and counts the loss", () => {
    expect(chosen(atWork())).toEqual({ kind: "repeat", attempt: 1, losses: 1 });
  });

  it.each([
    ["its lease is over", intent()],
    ["GitHub refused it once", refused()],
  ])("keeps its number where %s", (_why, fact) => {
    expect(chosen(factsOf({ claims: claimsOf(fact) }))).toEqual({ kind: "repeat", attempt: 1, losses: 0 });
  });

  it.each([
    ["was never confirmed", intent({ cause: "label/LE_retry" })],
    ["was lost", done({ cause: "label/LE_retry" })],
  ])("goes its way where the label that opened it is spent and it %s", (_how, fact) => {
    const incident = inPhase("needs-human", commanded("retry"));
    const facts = factsOf({ incident, claims: claimsOf(done(), fact), vouchedBy: { retry: true } });
    expect(chosen(facts)).toMatchObject({ kind: "repeat", attempt: 2 });
  });

  it("is not counted against `max-attempts` a second time", () => {
    expect(chosen(atWork(), { maxAttempts: 1 }).kind).toBe("repeat");
  });

  it("meets the thresholds anew", () => {
    expect(chosen(atWork(), { minSeverity: "critical" })).toEqual(skipped("below-severity"));
    expect(chosen(factsOf({ claims: claimsOf(intent()) }), { autonomy: "observe" })).toEqual(
      skipped("observe"),
    );
  });

  it("is confirmed past all thresholds where its worker runs already", () => {
    const facts = factsOf({ claims: claimsOf(intent()), gate: working });
    expect(chosen(facts, { minSeverity: "critical", autonomy: "observe" }).kind).toBe("repeat");
  });
});

describe("attempts", () => {
  it("of an earlier episode leave the new one all of its own", () => {
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    const facts = factsOf({ incident, claims: claimsOf(done(), done(), done()), gate: closedAs("failed") });
    expect(chosen(facts)).toEqual(claim(4, "acceptance/e2"));
  });
});
