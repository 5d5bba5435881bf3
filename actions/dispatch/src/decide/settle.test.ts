import { type AttemptOutcome, OUTCOMES } from "@patchpilot/incident";
import { attemptRecord, incidentOf, recoveryRecord } from "@patchpilot/incident/testing";
import { omitUndefined } from "@patchpilot/optional";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { at, atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, gateOf, publishing, working } from "../testing/gates.ts";
import { merged, pullRequestOf, runOf } from "../testing/runs.ts";
import { type Settlement, settleAttempt } from "./settle.ts";

/** What becomes of an attempt that was confirmed in minute 1, seen in minute `minute`. */
const seen = (changes: Parameters<typeof atWork>[0], minute = 60, settings = {}): Settlement =>
  settleAttempt(atWork(changes), settingsOf({ now: at(minute), ...settings }));
const closing = (outcome: AttemptOutcome) => expect.objectContaining({ kind: "close", outcome });
const inFlight = expect.objectContaining({ kind: "in-flight" });
const ended = (changes = {}) => runOf({ ended: true, conclusion: "failure", ...changes });

describe("no gate and no run, 30 minutes after the dispatch was confirmed", () => {
  it("is in flight until then", () => {
    expect(seen({}, 31)).toEqual(inFlight);
  });

  it("is a loss for the first time", () => {
    expect(seen({}, 31.01).kind).toBe("loss");
  });

  it("is lost for the second time", () => {
    expect(seen({ claims: claimsOf(done({ losses: 1 })) }, 31.01)).toEqual(closing("lost"));
  });
});

describe("a run that ended without a pull request", () => {
  it("failed", () => {
    expect(seen({ gate: working, runs: [ended()] })).toEqual(closing("failed"));
  });

  it("changed nothing where it was green", () => {
    expect(seen({ gate: working, runs: [ended({ conclusion: "success" })] })).toEqual(closing("no-change"));
  });

  it("counts in the run attempt that the gate names, or a later one", () => {
    const gate = gateOf({ state: "working", run: "500", runAttempt: 2 });
    expect(seen({ gate, runs: [ended({ attempt: 1 })] })).toEqual(inFlight);
    expect(seen({ gate, runs: [ended({ attempt: 2 })] })).toEqual(closing("failed"));
    expect(seen({ gate, runs: [ended({ attempt: 3 })] })).toEqual(closing("failed"));
  });

  it("says nothing of the run that the gate names, where it is another one", () => {
    expect(seen({ gate: working, runs: [ended({ id: "501" })] })).toEqual(inFlight);
  });

  it("needs all runs with the key to have ended, where there is no gate", () => {
    expect(seen({ runs: [ended({ id: "501" }), runOf()] })).toEqual(inFlight);
    expect(seen({ runs: [ended({ id: "501" }), ended()] })).toEqual(closing("failed"));
  });

  it("is given time where it was publishing, as a list of pull requests may be old", () => {
    const runs = [ended()];
    expect(seen({ gate: publishing, runs }, 33)).toEqual(inFlight);
    expect(seen({ gate: publishing, runs }, 33.01)).toEqual(closing("failed"));
  });
});

describe("a patch that waits for someone's word", () => {
  const waiting = gateOf({ state: "publishing", run: "500", runAttempt: 1, waits: true });
  const runs = [ended()];

  it("is in flight for 6 hours, though its run has ended", () => {
    expect(seen({ gate: waiting, runs }, 300)).toEqual(inFlight);
    expect(seen({ gate: waiting, runs }, 6 * 60 + 1.01)).toEqual(closing("failed"));
  });

  it("is proposed once the same run publishes it", () => {
    expect(seen({ gate: publishing, runs, pullRequest: pullRequestOf() }).kind).toBe("proposed");
  });

  it("may be replaced by someone", () => {
    expect(seen({ gate: waiting, runs }, 60, { redispatch: true })).toEqual(closing("replaced"));
    expect(seen({ gate: publishing, runs: [runOf()] }, 60, { redispatch: true })).toEqual(inFlight);
  });
});

describe("nothing after 6 hours", () => {
  const late = 6 * 60 + 1.01;

  it.each([
    ["at the gate", { gate: working, runs: [runOf()] }],
    ["before the gate", { runs: [runOf()] }],
    ["by a run that the list no longer holds", { gate: working }],
  ])("failed, with its worker %s", (_where, changes) => {
    expect(seen(changes, late - 0.01)).toEqual(inFlight);
    expect(seen(changes, late)).toEqual(closing("failed"));
  });

  it("waits for the run's end while it is publishing", () => {
    expect(seen({ gate: publishing, runs: [runOf()] }, late)).toEqual(inFlight);
  });

  it("failed where the run that was publishing is gone, and has come up long ago", () => {
    const moved = (minute: number) =>
      ({ ...publishing, movedAt: new Date(at(minute)).toISOString() }) as typeof publishing;
    expect(seen({ gate: moved(late - 30.01) }, late)).toEqual(closing("failed"));
    expect(seen({ gate: moved(late - 30) }, late)).toEqual(inFlight);
    expect(seen({ gate: moved(late + 1) }, late)).toEqual(inFlight);
  });
});

describe("a pull request", () => {
  it("is proposed while it is open, whatever became of its run", () => {
    const pullRequest = pullRequestOf();
    expect(seen({ pullRequest, gate: working, runs: [ended()] }).kind).toBe("proposed");
    expect(seen({ pullRequest, gate: publishing, runs: [runOf()] }, 999).kind).toBe("proposed");
  });

  it("is declined where it was closed unmerged", () => {
    expect(seen({ pullRequest: pullRequestOf({ state: "closed" }) })).toEqual(closing("declined"));
  });

  it("is merged where it was merged", () => {
    expect(seen({ pullRequest: merged })).toEqual(closing("merged"));
  });
});

describe("a failing verdict", () => {
  const judged = (change = {}) =>
    incidentOf({
      attempts: [attemptRecord()],
      recoveries: [recoveryRecord({ decision: "retry", attempt: 1, mergeCommit: "abc", ...change })],
    });

  it("closes the attempt whose merge it names", () => {
    expect(seen({ incident: judged(), pullRequest: merged })).toEqual(closing("failing"));
  });

  it.each([
    { attempt: 2 },
    { mergeCommit: "def" },
    { mergeCommit: undefined },
    { decision: "wait" },
    { episode: 2 },
  ])("does not where it says %j", (change) => {
    expect(seen({ incident: judged(change), pullRequest: merged })).toEqual(closing("merged"));
  });

  it("closes nothing where no merge is on GitHub, as a record alone decides nothing", () => {
    expect(seen({ incident: judged(), gate: working, runs: [runOf()] })).toEqual(inFlight);
  });
});

describe("`redispatch` by a person", () => {
  const settings = { redispatch: true };

  it.each([
    ["at work", { gate: working, runs: [runOf()] }],
    ["not started", {}],
  ])("replaces an attempt that is %s", (_what, changes) => {
    expect(seen(changes, 5, settings)).toEqual(closing("replaced"));
  });

  it("is refused while it is publishing", () => {
    expect(seen({ gate: publishing, runs: [runOf()] }, 5, settings)).toEqual(inFlight);
  });

  it("does not replace what the same run opened before it was re-run", () => {
    const claims = claimsOf(done({ cause: "redispatch/900" }));
    expect(seen({ claims, gate: working, runs: [runOf()] }, 5, settings)).toEqual(inFlight);
  });

  it.each([
    ["is held", { labels: ["patchpilot:hold"] }],
    ["is closed", { open: false }],
  ])("does not touch an issue that %s", (_what, issue) => {
    const incident = incidentOf({ attempts: [attemptRecord()] }, issue);
    expect(seen({ incident, gate: working, runs: [runOf()] }, 5, settings)).toEqual(inFlight);
  });
});

describe("what an ended run left", () => {
  const words = { reason: "", summary: "" };
  const endedWith = (conclusion: string, endWords: NonNullable<DispatchFacts["endWords"]> = words) => ({
    gate: working,
    runs: [ended({ conclusion })],
    endWords,
  });

  it.each(["asked", "reported"] as const)("says that nothing changed because the agent %s", (ending) => {
    expect(seen(endedWith("success", { ...words, ending }))).toMatchObject({ outcome: "no-change", ending });
  });

  it.each(["setup", "limits", "infrastructure"] as const)("says that %s interrupted it", (cause) => {
    expect(seen(endedWith("failure", { ...words, cause }))).toMatchObject({
      outcome: "failed",
      ending: "interrupted",
      cause,
    });
  });

  it.each(["agent", "tests", undefined] as const)("says no such thing of %s", (cause) => {
    const settled = seen(endedWith("failure", { ...words, ...omitUndefined({ cause }) }));
    expect(settled).toMatchObject({ outcome: "failed" });
    expect(settled).not.toHaveProperty("ending");
  });

  it("is not needed where GitHub could not start the run", () => {
    expect(seen(endedWith("startup_failure"))).toMatchObject({
      ending: "interrupted",
      cause: "infrastructure",
    });
  });

  const unread = { unknown: "GitHub answered 503", unread: true };
  it.each([
    ["success", 32.9, "in-flight"],
    ["success", 33.1, "close"],
    ["failure", 5, "close"],
  ])("is waited for after %s, but not for long (%d min)", (conclusion, minutes, kind) => {
    expect(seen(endedWith(conclusion, unread), minutes).kind).toBe(kind);
  });
});

describe("a closed gate", () => {
  it.each(OUTCOMES)("stands as %s, whatever else is seen", (outcome) => {
    const others = { runs: [runOf()], pullRequest: pullRequestOf() };
    expect(seen({ gate: closedAs(outcome), ...others }, 999, { redispatch: true })).toMatchObject({
      kind: "settled",
      outcome,
    });
  });

  it("stands although its claim was never confirmed", () => {
    expect(seen({ gate: closedAs("failed"), claims: claimsOf(intent()) })).toMatchObject({ kind: "settled" });
  });
});

describe("a claim that was not confirmed", () => {
  it("is in flight while its lease holds", () => {
    expect(seen({ claims: claimsOf(intent()) }, 14.99)).toEqual(inFlight);
  });

  it("is taken over once its lease is over", () => {
    expect(seen({ claims: claimsOf(intent()) }, 15).kind).toBe("takeover");
  });

  it("is taken over at once where GitHub refused it", () => {
    expect(seen({ claims: claimsOf(refused()) }, 2).kind).toBe("takeover");
  });

  it("is taken over at once where a worker has passed its gate", () => {
    expect(seen({ claims: claimsOf(intent()), gate: working }, 2).kind).toBe("takeover");
  });
});

describe("refs that are not ours", () => {
  it("freeze the attempt at its claim", () => {
    expect(seen({ claims: claimsOf("unreadable") }).kind).toBe("frozen");
  });

  it("freeze the attempt at its gate", () => {
    expect(seen({ gate: { state: "unreadable", oid: "g1" } }).kind).toBe("frozen");
  });
});

describe("a record that is older than refs say", () => {
  const older = expect.stringContaining(
    "its record attempt/1 is older than its refs say (1 instead of at least 2)",
  );
  const known = { incident: 1, "attempt/1": 2 };

  it.each<[string, Partial<DispatchFacts>]>([
    ["the newest claim", { claims: claimsOf(done({ records: known })) }],
    ["an earlier claim", { claims: claimsOf(done({ records: known }), done()) }],
    ["the gate", { gate: closedAs("merged", { records: known }) }],
  ])("settles nothing: %s knows", (_, refs) => {
    expect(settleAttempt(atWork(refs), settingsOf())).toEqual({ kind: "older-record", reason: older });
  });

  it("is none where the refs know no more than it shows, or are from before they knew", () => {
    const same = { incident: 1, "attempt/1": 1 };
    const closed = (records?: object) => closedAs("merged", records ? { records } : {});
    for (const records of [same, undefined])
      expect(
        settleAttempt(
          atWork({ claims: claimsOf(done(records ? { records } : {})), gate: closed(records) }),
          settingsOf(),
        ).kind,
      ).toBe("settled");
  });

  it("is none where it is gone", () => {
    const gone = factsOf({ claims: claimsOf(done({ records: known })), gate: closedAs("merged") });
    expect(settleAttempt(gone, settingsOf()).kind).toBe("settled");
  });
});

describe("a claim that a record names and that is gone", () => {
  const recorded = (attempt: number) => incidentOf({ attempts: [attemptRecord({ attempt })] });

  it("freezes the attempt, so that no number is given out twice", () => {
    const gone = { kind: "frozen", reason: "the claim of attempt 2 is gone" };
    expect(seen({ incident: recorded(2) })).toEqual(gone);
    expect(seen({ incident: recorded(2), claims: [] })).toEqual(gone);
  });

  it("may be missing from a replica for as long as a run may take to start", () => {
    expect(seen({ incident: recorded(1), claims: [] }, 31)).toEqual({ kind: "none" });
  });
});

describe("an incident that was never claimed", () => {
  it("has nothing to settle", () => {
    expect(settleAttempt(factsOf(), settingsOf())).toEqual({ kind: "none" });
  });

  it("is settled by its highest claim alone", () => {
    expect(seen({ claims: claimsOf(refused(), done()), gate: closedAs("merged") })).toMatchObject({
      outcome: "merged",
    });
  });
});
