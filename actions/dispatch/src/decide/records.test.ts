import { type AttemptOutcome, OUTCOMES, PHASE_TABLE } from "@patchpilot/incident";
import { attemptRecord, incidentOf, incidentRecord, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { at, atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, gateOf, publishing, working } from "../testing/gates.ts";
import { merged, pullRequestOf, runOf } from "../testing/runs.ts";
import type { DispatchChoice } from "./choice.ts";
import { makeAttemptRecord, makeDispatchRecord, type RecordContext } from "./records.ts";
import { settleAttempt } from "./settle.ts";

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

  it("says nothing of where it lies if it is named by its number", () => {
    const facts = atWork({ gate: closedAs("lost") });
    expect(recordOf(facts, {}, { ...START, workflow: "123" })?.workflowUrl).toBeUndefined();
  });

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
