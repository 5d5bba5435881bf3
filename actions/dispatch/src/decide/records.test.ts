import { type AttemptOutcome, OUTCOMES, PHASE_TABLE } from "@patchpilot/incident";
import { attemptRecord, incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import { ATTEMPT_REASONS, nameOutcome } from "@patchpilot/status";
import { describe, expect, it } from "vitest";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { at, atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, gateOf, publishing, working } from "../testing/gates.ts";
import { merged, pullRequestOf, runOf } from "../testing/runs.ts";
import type { DispatchChoice } from "./choice.ts";
import { makeAttemptRecord, makeDispatchRecord, type RecordContext } from "./records.ts";
import { type Settlement, settleAttempt } from "./settle.ts";

const START = { via: "repository_dispatch", "event-type": "mend", workflow: "mend.yml" } as const;

function recordOf(
  facts: DispatchFacts,
  changes: Partial<DispatchSettings> = {},
  start: RecordContext["start"] = START,
) {
  const settings = settingsOf(changes);
  const context = { settings, agent: "codex", start, runHome: "https://github.com/acme/shop" };
  return makeAttemptRecord(facts, settleAttempt(facts, settings), context);
}

describe("the record of an attempt", () => {
  it("is not written before the dispatch was confirmed", () => {
    expect(recordOf(factsOf())).toBeUndefined();
    expect(recordOf(factsOf({ claims: claimsOf(intent()) }))).toBeUndefined();
    expect(recordOf(factsOf({ claims: claimsOf(refused()) }))).toBeUndefined();
    expect(recordOf(factsOf({ claims: claimsOf("unreadable") }))).toBeUndefined();
  });

  it("repeats what the refs say", () => {
    const facts = factsOf({
      claims: claimsOf(done({ cause: "label/LE_1" })),
      gate: working,
      runs: [runOf()],
    });
    expect(recordOf(facts)).toEqual({
      attempt: 1,
      episode: 1,
      key: "pp-4242-12-a1",
      cause: "label/LE_1",
      agent: "codex",
      dispatchedAt: minutesAfter(1),
      losses: 0,
      phase: "working",
      phaseAt: minutesAfter(60),
      reason: "the worker is on it",
      runId: "500",
      runUrl: "https://github.com/acme/shop/actions/runs/500",
    });
  });

  it("says whose word a patch waits for", () => {
    const gate = gateOf({ state: "publishing", run: "500", runAttempt: 1, waits: true });
    expect(recordOf(atWork({ gate }))?.reason).toContain("set the label `patchpilot:go-ahead`");
    expect(recordOf(atWork({ gate: publishing }))?.reason).toBe("the worker is on it");
  });

  it("names pull request and merge", () => {
    expect(recordOf(atWork({ pullRequest: merged, gate: closedAs("merged") }))).toMatchObject({
      phase: "verifying",
      outcome: "merged",
      pullRequest: 34,
      mergeCommit: "abc",
    });
  });

  it("keeps the worker that was sent, and fields that a newer version wrote", () => {
    const incident = incidentOf({
      attempts: [{ ...attemptRecord({ agent: "claude-code" }), colour: "red" }],
    });
    expect(recordOf(atWork({ incident, gate: working, runs: [runOf()] }))).toMatchObject({
      agent: "claude-code",
      colour: "red",
    });
  });

  it.each(OUTCOMES)(
    "has a person decide after %s, without retry in `allow`, unless one asked for it",
    (outcome) => {
      const phaseOf = (changes: Partial<DispatchSettings>) =>
        recordOf(atWork({ gate: closedAs(outcome) }), changes)?.phase;
      const isUnasked = ["failed", "no-change", "failing"].includes(outcome);
      expect(phaseOf({ allow: ["close"] })).toBe(isUnasked ? "needs-human" : phaseOf({}));
    },
  );

  it.each<[string, DispatchFacts]>([
    ["at work", atWork({ gate: working, runs: [runOf()] })],
    ["proposed", atWork({ pullRequest: pullRequestOf() })],
    ...OUTCOMES.map((outcome): [string, DispatchFacts] => [outcome, atWork({ gate: closedAs(outcome) })]),
  ])("is the same in a second run, at another time: %s", (_what, facts) => {
    const first = recordOf(facts);
    if (first === undefined) throw new Error("There is no record.");
    const again = { ...facts, incident: incidentOf({ attempts: [first] }) };
    expect(recordOf(again, { now: at(61) })).toEqual(first);
  });

  it("is the same again after somebody deleted the comment of a settled attempt", () => {
    const facts = factsOf({ claims: claimsOf(done()), gate: closedAs("failed") });
    expect(recordOf(facts, { now: at(70) })).toEqual(recordOf(facts, { now: at(99) }));
  });
});

describe("the state of an attempt that is not settled", () => {
  const stateOf = (settlement: Settlement, facts = atWork()) =>
    makeAttemptRecord(facts, settlement, {
      settings: settingsOf(),
      agent: "codex",
      start: START,
      runHome: "https://github.com/acme/shop",
    });

  it.each<[Settlement, object]>([
    [{ kind: "proposed" }, { phase: "proposed", reason: ATTEMPT_REASONS.review }],
    [
      { kind: "proposed", note: "it is red" },
      { phase: "proposed", reason: "it is red" },
    ],
    [
      { kind: "frozen", reason: "its claim is gone" },
      { phase: "working", reason: "its claim is gone" },
    ],
    [
      { kind: "stuck", reason: "a ruleset" },
      { phase: "working", reason: "a ruleset" },
    ],
    [
      { kind: "loss", reason: "x" },
      { phase: "working", reason: "it is being dispatched" },
    ],
  ])("says what it waits for: %j", (settlement, state) => {
    expect(stateOf(settlement)).toMatchObject(state);
  });

  it("keeps that it ends without a pull request, as `publish` said so", () => {
    const record = attemptRecord({ phase: "requeued", reason: ATTEMPT_REASONS.unpublished });
    const facts = atWork({ incident: incidentOf({ attempts: [record] }), gate: working, runs: [runOf()] });
    expect(recordOf(facts)).toMatchObject({ phase: "requeued", reason: ATTEMPT_REASONS.unpublished });
  });

  it("names the branch that it goes on with", () => {
    const continues = { branch: "patchpilot/12-a1", pullRequest: 34, head: "c", review: "R" };
    expect(recordOf(atWork({ claims: claimsOf(done({ continues })), gate: working }))).toMatchObject({
      branch: "patchpilot/12-a1",
    });
  });

  it("names the run that was sent until a worker passes the gate", () => {
    expect(recordOf(atWork({ claims: claimsOf(done({ run: "77" })), runs: [runOf()] }))?.runId).toBe("77");
    expect(recordOf(atWork({ claims: claimsOf(done({ run: "77" })), gate: working }))?.runId).toBe("500");
    expect(recordOf(atWork({ runs: [runOf()] }))?.runId).toBeUndefined();
    expect(recordOf(atWork({ claims: claimsOf(refused()) }))?.runId).toBeUndefined();
  });

  it("shows what is known of the patch, and keeps it", () => {
    const proof = { level: "proven", wall: "wall" } as const;
    const gate = gateOf({ state: "publishing", run: "500", runAttempt: 1, proof });
    expect(recordOf(atWork({ gate }))?.proof).toEqual(proof);
    const incident = incidentOf({ attempts: [attemptRecord({ proof })] });
    expect(recordOf(atWork({ incident, gate: closedAs("merged") }))?.proof).toEqual(proof);
    expect(recordOf(atWork({ gate: working }))?.proof).toBeUndefined();
  });

  it("says how far the worker may go, as long as it is new", () => {
    const incident = incidentOf({ incident: incidentRecord({ confidence: 0.6, basis: "text" }) });
    const facts = factsOf({ incident, claims: claimsOf(done()), gate: working });
    expect(recordOf(facts)).toMatchObject({
      autonomyReasons: ["confidence 0.60 is below 0.75: someone should see the plan first"],
    });
    const known = { ...facts, incident: incidentOf({ attempts: [attemptRecord()] }) };
    expect(recordOf(known, { autonomy: "plan" })).not.toHaveProperty("autonomy");
    expect(recordOf({ ...facts, incident: incidentOf() }, { autonomy: "plan" })?.autonomy).toBe("plan");
  });
});

describe("the phase after an outcome", () => {
  it.each<[AttemptOutcome, string]>([
    ["lost", "needs-human"],
    ["failed", "requeued"],
    ["no-change", "requeued"],
    ["declined", "needs-human"],
    ["merged", "verifying"],
    ["failing", "requeued"],
    ["replaced", "requeued"],
  ])("of %s is %s", (outcome, phase) => {
    expect(recordOf(atWork({ gate: closedAs(outcome) }))).toMatchObject({ outcome, phase });
  });

  it.each([
    ["asked", "no-change", /the agent asks a question/],
    ["reported", "no-change", /its report is on the issue/],
  ] as const)("of what ended as %s is for people, whatever is left", (ending, outcome, reason) => {
    expect(recordOf(atWork({ gate: closedAs(outcome, { ending }) }))).toMatchObject({
      outcome,
      ending,
      phase: "needs-human",
      reason: expect.stringMatching(reason),
    });
  });

  it.each<[AttemptOutcome, object, string]>([
    [
      "failed",
      { ending: "interrupted" },
      "it was interrupted (the machine or a service failed), which does not count as an attempt",
    ],
    ["changes-requested", { ending: "red-checks" }, "checks of its pull request went red"],
    ["changes-requested", {}, "a reviewer asked for changes"],
    ["declined", {}, "its pull request was closed unmerged; set `patchpilot:retry` for another attempt"],
    ["planned", {}, ATTEMPT_REASONS.plan],
    ["failed", {}, `it ${nameOutcome("failed")}`],
  ])("of %s is explained (%j)", (outcome, end, reason) => {
    expect(recordOf(atWork({ gate: closedAs(outcome, end) }))?.reason).toBe(reason);
  });

  it.each<[string, Partial<DispatchSettings>, object]>([
    [
      "all are spent",
      { maxAttempts: 1 },
      { needs: "spent", reason: `all 1 attempts are used; the last one ${nameOutcome("failed")}` },
    ],
    [
      "nobody lets PatchPilot retry",
      { allow: [] },
      { needs: "not-allowed", reason: `it ${nameOutcome("failed")}, and \`allow\` lacks retry` },
    ],
  ])("says what is needed of people if %s", (_, settings, needed) => {
    expect(recordOf(atWork({ gate: closedAs("failed") }), settings)).toMatchObject(needed);
  });

  it.each(["failed", "no-change", "lost"] as const)(
    "of %s is for people if the same checks stay red",
    (outcome) => {
      const checks = { red: "1", tree: "t" };
      const continues = { branch: "b", pullRequest: 34, head: "c", review: "", checks };
      const claims = claimsOf(done(), done({ cause: "checks/c/1", continues }));
      const after = (end = {}) => recordOf(factsOf({ claims, gate: closedAs(outcome, end) }));
      expect(after()).toMatchObject({
        phase: "needs-human",
        needs: "same-checks",
        reason: expect.stringContaining(
          "the same checks are red on the same files; fix or close its pull request",
        ),
      });
      expect(after({ ending: "interrupted" })?.needs).toBeUndefined();
    },
  );

  it("of an interruption counts as no attempt", () => {
    const gate = closedAs("failed", { ending: "interrupted", cause: "limits" });
    expect(recordOf(atWork({ gate }), { maxAttempts: 1 })).toMatchObject({
      phase: "requeued",
      reason: "it was interrupted (the model's key was refused), which does not count as an attempt",
    });
  });

  it("of a second interruption in a row is for people", () => {
    const gate = closedAs("failed", { ending: "interrupted", cause: "setup" });
    const claims = claimsOf(done(), done({ after: "interrupted" }));
    expect(recordOf(factsOf({ claims, gate }))).toMatchObject({
      phase: "needs-human",
      reason: expect.stringContaining("2 attempts in a row were interrupted (the set-up failed)"),
    });
  });

  it.each(["failed", "no-change", "failing", "replaced"] as const)(
    "of %s is a person's once all are spent",
    (outcome) => {
      const facts = atWork({ gate: closedAs(outcome) });
      expect(recordOf(facts, { maxAttempts: 1 })).toMatchObject({
        phase: "needs-human",
        reason: expect.stringContaining("all 1 attempts are used"),
      });
    },
  );

  it("is one that the phase table allows", () => {
    for (const outcome of OUTCOMES) {
      const phase = recordOf(atWork({ gate: closedAs(outcome) }))?.phase;
      expect(PHASE_TABLE.working.next).toContain(phase);
    }
  });

  it("counts the attempts of its own episode, after the issue was reopened too", () => {
    const incident = incidentOf({ incident: incidentRecord({ episode: 2 }) });
    const facts = factsOf({ incident, claims: claimsOf(done()), gate: closedAs("failed") });
    expect(recordOf(facts, { maxAttempts: 1 })?.phase).toBe("needs-human");
  });

  it.each([
    [
      "repository_dispatch",
      /on the default branch, enabled, and run on `repository_dispatch` of the type `mend`\.$/,
    ],
    ["workflow_dispatch", /`mend\.yml` must be enabled and run on `workflow_dispatch`\.$/],
  ] as const)(
    "says by name what it must be where the repair workflow never started by %s",
    (via, question) => {
      const facts = atWork({ gate: closedAs("lost") });
      expect(recordOf(facts, {}, { ...START, via })?.reason).toMatch(question);
    },
  );

  it("says where the repair workflow lies that never started, and of no other", () => {
    expect(recordOf(atWork({ gate: closedAs("lost") }))?.workflowUrl).toBe(
      "https://github.com/acme/shop/blob/HEAD/.github/workflows/mend.yml",
    );
    expect(recordOf(atWork({ gate: closedAs("failed") }))?.workflowUrl).toBeUndefined();
  });

  it.each(["123", "../mend.yml", "mend.yml/x"])(
    "says nothing of where it lies if it is named %s",
    (workflow) => {
      const facts = atWork({ gate: closedAs("lost") });
      expect(recordOf(facts, {}, { ...START, workflow })?.workflowUrl).toBeUndefined();
    },
  );

  it.each(OUTCOMES.filter((outcome) => outcome !== "lost"))(
    "says in one clause how it ended: %s",
    (outcome) => {
      expect(recordOf(atWork({ gate: closedAs(outcome) }))?.reason).not.toMatch(/: /);
    },
  );
});

describe("the record of a skip", () => {
  const forGood: DispatchChoice = {
    kind: "skip",
    reason: "below-severity",
    detail: "severity low",
    forGood: true,
  };
  const written = (facts: DispatchFacts, choice: DispatchChoice, minute = 60) =>
    makeDispatchRecord(
      facts,
      { choice, phase: "accepted", isOpened: false },
      settingsOf({ now: at(minute) }),
    );

  it("is written where no later run changes it", () => {
    expect(written(factsOf(), forGood)).toEqual({
      phase: "needs-human",
      phaseAt: minutesAfter(60),
      reason: "below-severity: severity low",
    });
  });

  it.each<DispatchChoice>([
    { kind: "skip", reason: "in-flight", detail: "x" },
    { kind: "claim", attempt: 1, cause: "x" },
    { kind: "repeat", attempt: 1, losses: 0 },
  ])("is not written for %j", (choice) => {
    expect(written(factsOf(), choice)).toBeUndefined();
  });

  it("is the same in a second run, at another time", () => {
    const dispatch = written(factsOf(), forGood);
    if (dispatch === undefined) throw new Error("There is no record.");
    expect(written(factsOf({ incident: incidentOf({ dispatch }) }), forGood, 99)).toEqual(dispatch);
  });

  const observed: DispatchChoice = { kind: "skip", reason: "observe", detail: "nothing" };

  it("leaves the phase as it is under `autonomy: observe`, but not if that is for good", () => {
    expect(written(factsOf(), observed)?.phase).toBe("accepted");
    expect(written(factsOf(), { ...observed, forGood: true })?.phase).toBe("needs-human");
  });

  it("is written again where the phase has changed since", () => {
    const dispatch = written(factsOf(), observed);
    if (dispatch === undefined) throw new Error("There is no record.");
    const incident = incidentOf({ dispatch, attempts: [attemptRecord({ phaseAt: minutesAfter(90) })] });
    expect(written(factsOf({ incident }), observed, 99)?.phaseAt).toBe(minutesAfter(99));
  });

  it.each([
    [{ phase: "accepted", reason: "observe: nothing" }, "went-on"],
    [{ phase: "needs-human", reason: "observe: too thin" }, undefined],
    [{ phase: "accepted", reason: "not spend-cap: x" }, undefined],
  ] as const)("that pauses is taken back when an attempt opens: %j", (before, reason) => {
    const dispatch = { ...before, phaseAt: minutesAfter(5) };
    const opened = {
      choice: { kind: "claim", attempt: 1, cause: "x" },
      phase: "working",
      isOpened: true,
    } as const;
    const facts = factsOf({ incident: incidentOf({ dispatch }) });
    expect(makeDispatchRecord(facts, opened, settingsOf())?.reason).toBe(reason);
  });

  it("is not written for an incident without a phase", () => {
    const skipped = { choice: capped, phase: undefined, isOpened: false };
    expect(makeDispatchRecord(factsOf(), skipped, settingsOf())).toBeUndefined();
  });

  const capped: DispatchChoice = { kind: "skip", reason: "spend-cap", detail: "no room" };

  it("leaves the phase as it is if a cap is reached", () => {
    expect(written(factsOf(), capped)).toEqual({
      phase: "accepted",
      phaseAt: minutesAfter(60),
      reason: "spend-cap: no room",
    });
  });

  it.each([
    ["is taken back once there is room again", capped, "went-on"],
    ["stays if an attempt opens for another reason", forGood, undefined],
  ])("%s", (_, choice, reason) => {
    const dispatch = written(factsOf(), choice);
    if (dispatch === undefined) throw new Error("There is no record.");
    const opened = {
      choice: { kind: "claim", attempt: 1, cause: "x" },
      phase: "working",
      isOpened: true,
    } as const;
    const after = makeDispatchRecord(factsOf({ incident: incidentOf({ dispatch }) }), opened, settingsOf());
    expect(after?.reason).toBe(reason);
  });
});
