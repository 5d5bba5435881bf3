import { OUTCOMES } from "@patchpilot/incident";
import { incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { chosen, claim, skipped, skippedForGood } from "../testing/choosing.ts";
import { claimsOf, done, refused } from "../testing/claims.ts";
import { atWork, disproved, factsOf } from "../testing/facts.ts";
import { closedAs } from "../testing/gates.ts";
import { commanded, inPhase } from "../testing/incidents.ts";
import { pullRequestOf } from "../testing/runs.ts";

describe("the label `retry`", () => {
  const stuck = (changes: Partial<DispatchFacts> = {}): DispatchFacts =>
    factsOf({
      incident: inPhase("needs-human", commanded("retry")),
      claims: claimsOf(done()),
      gate: closedAs("declined"),
      vouchedBy: { retry: true },
      ...changes,
    });

  it("opens one more attempt", () => {
    expect(chosen(stuck())).toEqual(claim(2, "label/LE_retry"));
  });

  it("opens one although all are spent", () => {
    expect(chosen(stuck(), { maxAttempts: 1 })).toEqual(claim(2, "label/LE_retry"));
  });

  it("opens only one", () => {
    const claims = claimsOf(done(), done({ cause: "label/LE_retry" }));
    expect(chosen(stuck({ claims }))).toEqual(skipped("needs-human"));
  });

  it("opens nothing for somebody who may not write", () => {
    expect(chosen(stuck({ vouchedBy: { retry: false } }))).toEqual(skipped("needs-human"));
  });

  it("does not lift the thresholds", () => {
    expect(chosen(stuck(), { minConfidence: 0.95 })).toEqual(skipped("below-confidence"));
  });

  it("sends a refused dispatch again, and is spent by that", () => {
    const incident = inPhase("needs-human", commanded("retry"));
    const twice = refused({ refusals: 2 });
    expect(chosen(stuck({ incident, claims: claimsOf(twice), gate: { state: "absent" } }))).toEqual({
      kind: "repeat",
      attempt: 1,
      losses: 0,
      spends: "label/LE_retry",
    });
    const spent = claimsOf(refused({ refusals: 3, spends: ["label/LE_retry"] }));
    expect(chosen(stuck({ incident, claims: spent, gate: { state: "absent" } }))).toEqual(
      skippedForGood("dispatch-refused"),
    );
  });

  it("opens nothing more once the dispatch that it sent again has an outcome", () => {
    const claims = claimsOf(done({ spends: ["label/LE_retry"] }));
    expect(chosen(stuck({ claims }))).toEqual(skipped("needs-human"));
  });
});

describe("`allow` without retry", () => {
  const allow = ["close", "escalate"] as const;
  const ended = (outcome: (typeof OUTCOMES)[number], changes: Partial<DispatchFacts> = {}) =>
    factsOf({ claims: claimsOf(done()), gate: closedAs(outcome), ...changes });

  it("lets the first attempt of each episode be opened", () => {
    expect(chosen(factsOf(), { allow })).toEqual(claim(1, "acceptance/e1"));
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    expect(chosen(ended("failed", { incident }), { allow })).toEqual(claim(2, "acceptance/e2"));
  });

  it("opens no attempt for an outcome, whatever it is, and none for a verdict", () => {
    for (const outcome of OUTCOMES.filter((each) => each !== "replaced"))
      expect(chosen(ended(outcome), { allow }).kind).toBe("skip");
    expect(chosen(disproved(), { allow })).toEqual(skippedForGood("retry-not-allowed"));
  });

  it("lets `retry`, a review and a redispatch open one, as a person asked for it", () => {
    const incident = incidentOf({}, commanded("retry"));
    expect(chosen(ended("failed", { incident, vouchedBy: { retry: true } }), { allow })).toEqual(
      claim(2, "label/LE_retry"),
    );
    const reviewed = { pullRequest: pullRequestOf(), changeRequest: { review: "R", isOthers: false } };
    expect(chosen(ended("changes-requested", reviewed), { allow })).toMatchObject(claim(2, "review/R"));
    expect(chosen(ended("replaced"), { allow })).toEqual(claim(2, "outcome/a1"));
  });

  it("sends an attempt that was lost out again", () => {
    expect(chosen(atWork(), { allow })).toMatchObject({ kind: "repeat", attempt: 1 });
  });
});

describe("the label `accept`", () => {
  const accepted = (changes: Partial<DispatchFacts> = {}): DispatchFacts =>
    factsOf({ incident: incidentOf({}, commanded("take-on")), vouchedBy: { "take-on": true }, ...changes });
  const strict = { minConfidence: 0.95, minSeverity: "critical" };

  it("lifts the thresholds", () => {
    expect(chosen(accepted(), strict)).toEqual(claim(1, "label/LE_take-on"));
  });

  it("goes on lifting them for the attempts that follow", () => {
    const facts = accepted({
      claims: claimsOf(done({ cause: "label/LE_take-on" })),
      gate: closedAs("failed"),
    });
    expect(chosen(facts, strict)).toEqual(claim(2, "outcome/a1"));
  });

  it("lifts nothing for somebody who may not write", () => {
    expect(chosen(accepted({ vouchedBy: { "take-on": false } }), strict)).toEqual(skipped("below-severity"));
  });

  it("wakes an incident that waits for a person since it was below a threshold", () => {
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(5), reason: "below-severity: x" };
    const incident = incidentOf({ dispatch }, commanded("take-on"));
    expect(chosen(accepted({ incident }), strict)).toEqual(claim(1, "label/LE_take-on"));
  });

  it.each([
    ["its impact raised it since", "below-severity: x", "critical", claim(1, "acceptance/e1")],
    ["its impact raised it too little", "below-severity: x", "high", skipped("needs-human")],
    ["it waits for another reason", "below-confidence: x", "critical", skipped("needs-human")],
  ] as const)("looks again at what waits because of its severity: %s", (_, reason, severity, choice) => {
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(5), reason };
    const window = { from: minutesAfter(0), to: minutesAfter(60) };
    const impact = { summary: "", window, events: [], episode: 1, severity };
    const facts = factsOf({ incident: incidentOf({ dispatch, impact }) });
    expect(chosen(facts, { minSeverity: "critical" })).toEqual(choice);
  });

  it.each([
    ["by the label", "label/LE_take-on"],
    ["by acceptance", "acceptance/e1"],
  ])("opens no further attempt after a declined one that was opened %s", (_how, cause) => {
    const facts = accepted({ claims: claimsOf(done({ cause })), gate: closedAs("declined") });
    expect(chosen(facts)).toEqual(skipped("cause-spent"));
  });
});

describe("a person's `redispatch`", () => {
  it("opens an attempt where one had waited for a person, and although all are spent", () => {
    const facts = factsOf({
      incident: inPhase("needs-human"),
      claims: claimsOf(done()),
      gate: closedAs("declined"),
    });
    expect(chosen(facts, { redispatch: true, maxAttempts: 1 })).toEqual(claim(2, "redispatch/900"));
  });

  it("does nothing on an issue that is held", () => {
    const incident = incidentOf({}, { labels: ["patchpilot:hold"] });
    expect(chosen(factsOf({ incident }), { redispatch: true })).toEqual(skipped("held"));
  });
});
