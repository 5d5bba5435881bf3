import { createHash } from "node:crypto";
import { OUTCOMES, planSection } from "@patchpilot/incident";
import {
  attemptRecord,
  incidentOf,
  incidentRecord,
  minutesAfter,
  recoveryRecord,
} from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "./choice.ts";
import { attemptsInEpisode, choose } from "./choose.ts";
import type { SkipReason } from "./contract.ts";
import type { Facts, Settings } from "./facts.ts";
import { settle } from "./settle.ts";
import {
  atWork,
  claimsOf,
  closedAs,
  done,
  factsOf,
  intent,
  label,
  merged,
  pullRequestOf,
  refused,
  runOf,
  settingsOf,
  working,
} from "./testing/facts.ts";

function chosen(facts: Facts, changes: Partial<Settings> = {}): Choice {
  const settings = settingsOf(changes);
  return choose(facts, settle(facts, settings), settings);
}
const skipped = (reason: SkipReason) => expect.objectContaining({ kind: "skip", reason });
const skippedForGood = (reason: SkipReason) =>
  expect.objectContaining({ kind: "skip", reason, forGood: true });
const claim = (attempt: number, cause: string) => ({ kind: "claim", attempt, cause });

/** An incident in a phase that a label command may have ended. */
const inPhase = (phase: "needs-human" | "requeued" | "verifying", issue = {}) =>
  incidentOf({ attempts: [attemptRecord({ phase, phaseAt: minutesAfter(50), reason: "why" })] }, issue);
const waiting = factsOf({
  incident: inPhase("needs-human"),
  claims: claimsOf(done()),
  gate: closedAs("declined"),
});
const commanded = (command: "accept" | "retry") => ({ commands: [label(command)] });

describe("an incident that is passed over", () => {
  const issue = (changes: object, data = {}) => factsOf({ incident: incidentOf(data, changes) });
  const { incident } = factsOf();

  it.each<[SkipReason, Facts, Partial<Settings>]>([
    [
      "read-only",
      factsOf({ incident: { ...incident, records: { ...incident.records, newerVersion: 2 } } }),
      {},
    ],
    ["closed", issue({ open: false }), {}],
    ["not-accepted", issue({}, { incident: undefined }), {}],
    ["held", issue({ labels: ["patchpilot:hold"] }), {}],
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

  it.each<[SkipReason, Facts, Partial<Settings>]>([
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
    const recovery = { phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" } as const;
    const incident = incidentOf({ recoveries: [recoveryRecord(recovery)] });
    const facts = factsOf({
      incident,
      claims: claimsOf(done()),
      gate: closedAs("merged", { mergeCommit: "abc" }),
    });
    expect(chosen(facts)).toEqual(claim(2, "failing/a1/abc"));
  });

  it.each([{ mergeCommit: "def" }, { attempt: 2 }, { decision: "wait" }])(
    "is not a verdict that says %j",
    (change) => {
      const recovery = { phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" } as const;
      const incident = incidentOf({ recoveries: [recoveryRecord({ ...recovery, ...change })] });
      const gate = closedAs("merged", { mergeCommit: "abc" });
      expect(chosen(factsOf({ incident, claims: claimsOf(done()), gate }))).toEqual(skipped("cause-spent"));
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
      "label/LE_accept",
    );
    const facts = fc.record({
      claims: fc.uniqueArray(causes, { maxLength: 4 }),
      outcome: fc.constantFrom(...OUTCOMES),
      commands: fc.subarray(["accept", "retry"] as const),
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

describe("the label `retry`", () => {
  const stuck = (changes: Partial<Facts> = {}): Facts =>
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
  const ended = (outcome: (typeof OUTCOMES)[number], changes: Partial<Facts> = {}) =>
    factsOf({ claims: claimsOf(done()), gate: closedAs(outcome), ...changes });

  it("lets the first attempt of each episode be opened", () => {
    expect(chosen(factsOf(), { allow })).toEqual(claim(1, "acceptance/e1"));
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    expect(chosen(ended("failed", { incident }), { allow })).toEqual(claim(2, "acceptance/e2"));
  });

  it("opens no attempt for an outcome, whatever it is, and none for a verdict", () => {
    for (const outcome of OUTCOMES.filter((each) => each !== "replaced"))
      expect(chosen(ended(outcome), { allow }).kind).toBe("skip");
    const recovery = { phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" } as const;
    const incident = incidentOf({ recoveries: [recoveryRecord(recovery)] });
    const facts = factsOf({
      incident,
      claims: claimsOf(done()),
      gate: closedAs("merged", { mergeCommit: "abc" }),
    });
    expect(chosen(facts, { allow })).toEqual(skippedForGood("retry-not-allowed"));
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
  const accepted = (changes: Partial<Facts> = {}): Facts =>
    factsOf({ incident: incidentOf({}, commanded("accept")), vouchedBy: { accept: true }, ...changes });
  const strict = { minConfidence: 0.95, minSeverity: "critical" };

  it("lifts the thresholds", () => {
    expect(chosen(accepted(), strict)).toEqual(claim(1, "label/LE_accept"));
  });

  it("goes on lifting them for the attempts that follow", () => {
    const facts = accepted({
      claims: claimsOf(done({ cause: "label/LE_accept" })),
      gate: closedAs("failed"),
    });
    expect(chosen(facts, strict)).toEqual(claim(2, "outcome/a1"));
  });

  it("lifts nothing for somebody who may not write", () => {
    expect(chosen(accepted({ vouchedBy: { accept: false } }), strict)).toEqual(skipped("below-severity"));
  });

  it("wakes an incident that waits for a person since it was below a threshold", () => {
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(5), reason: "below-severity: x" };
    const incident = incidentOf({ dispatch }, commanded("accept"));
    expect(chosen(accepted({ incident }), strict)).toEqual(claim(1, "label/LE_accept"));
  });

  it.each([
    ["by the label", "label/LE_accept"],
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

describe("a merge that was seen just now", () => {
  const facts = (changes: Partial<Facts> = {}) =>
    atWork({ gate: closedAs("merged", { mergeCommit: "abc" }), pullRequest: merged, ...changes });

  it("is judged by production before anything else", () => {
    expect(chosen(facts())).toEqual(skipped("verifying"));
  });

  it("is not overtaken by a label that was set while it was proposed", () => {
    const incident = incidentOf({ attempts: [attemptRecord({ phase: "proposed" })] }, commanded("retry"));
    expect(chosen(facts({ incident, vouchedBy: { retry: true } }))).toEqual(skipped("verifying"));
  });

  it("is followed by another attempt where a person asks for it later", () => {
    const incident = inPhase("needs-human", commanded("retry"));
    expect(chosen(facts({ incident, vouchedBy: { retry: true } }))).toEqual(claim(2, "label/LE_retry"));
  });
});

describe("a merge of a pull request that a reviewer wanted changed", () => {
  const disproved = (changes: Partial<Facts>) =>
    atWork({
      incident: incidentOf({
        attempts: [attemptRecord({ phase: "requeued" })],
        recoveries: [
          recoveryRecord({ phase: "requeued", decision: "retry", attempt: 1, mergeCommit: "abc" }),
        ],
      }),
      pullRequest: merged,
      ...changes,
    });
  const continues = { branch: "patchpilot/12-a1", pullRequest: 34, head: "c", review: "R" };

  it("is followed by another attempt where production disproves it, whichever attempt the verdict names", () => {
    const facts = disproved({
      claims: claimsOf(done(), done({ cause: "review/R", continues })),
      gate: closedAs("merged", { mergeCommit: "abc" }),
    });
    expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
  });

  it.each(["changes-requested", "failed"] as const)(
    "is followed by another attempt where production disproves it after its gate was closed as %s",
    (outcome) => {
      const facts = disproved({
        claims: claimsOf(done(), done({ cause: "review/R", continues })),
        gate: closedAs(outcome),
      });
      expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
    },
  );
});

describe("a plan that a person approved", () => {
  const text = "Guard the empty cart";
  const sha256 = createHash("sha256").update(text).digest("hex");
  const plan = { attempt: 1, sha256 };
  const planned = (recoveries: Parameters<typeof recoveryRecord>[0][] = []) => {
    const incident = incidentOf({
      attempts: [attemptRecord({ phase: "requeued" })],
      recoveries: recoveries.map(recoveryRecord),
    });
    const data = { ...plan, key: "pp-4242-12-a1" };
    const stored = { data, seq: 1, commentId: "IC_plan", body: planSection(text) };
    return { ...incident, records: { ...incident.records, plans: new Map([[1, stored]]) } };
  };
  const claims = claimsOf(done(), done({ cause: "label/LE_approved", plan }));

  it("is carried out again by the attempt that follows a failed one", () => {
    const facts = atWork({ incident: planned(), claims, gate: closedAs("failed") });
    expect(chosen(facts)).toEqual({ ...claim(3, "outcome/a2"), ground: { plan } });
  });

  it("is done with once its change is merged, whatever production says of it", () => {
    const verdict = { phase: "requeued", decision: "retry", attempt: 2, mergeCommit: "abc" } as const;
    const facts = atWork({
      incident: planned([verdict]),
      claims,
      gate: closedAs("merged", { mergeCommit: "abc" }),
      pullRequest: merged,
    });
    expect(chosen(facts)).toEqual(claim(3, "failing/a2/abc"));
  });
});

describe("attempts", () => {
  it("count by their episode, on refs alone", () => {
    const claims = claimsOf(done(), done({ episode: 2 }), "unreadable", done({ episode: 2 }));
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    expect(attemptsInEpisode(factsOf({ claims, incident }))).toBe(2);
    expect(attemptsInEpisode(factsOf({ claims, incident }), 1)).toBe(1);
  });

  it("of an earlier episode leave the new one all of its own", () => {
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    const facts = factsOf({ incident, claims: claimsOf(done(), done(), done()), gate: closedAs("failed") });
    expect(chosen(facts)).toEqual(claim(4, "acceptance/e2"));
  });
});
