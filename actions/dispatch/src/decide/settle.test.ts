import { type AttemptOutcome, OUTCOMES } from "@patchpilot/incident";
import { attemptRecord, incidentOf, recoveryRecord } from "@patchpilot/incident/testing";
import { omitUndefined } from "@patchpilot/optional";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { claimsOf, done, intent, refused } from "../testing/claims.ts";
import { at, atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, gateOf, publishing, working } from "../testing/gates.ts";
import { redOn } from "../testing/red-checks.ts";
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

describe("the reason that is given", () => {
  const sha = "c".repeat(40);
  const waiting = gateOf({ state: "publishing", run: "500", runAttempt: 1, waits: true });
  const unread = { unknown: "GitHub answered 503", unread: true };
  const late = 6 * 60 + 1.01;
  const green = ended({ conclusion: "success" });

  it.each<[Settlement, string]>([
    [seen({ claims: claimsOf("unreadable") }), "the claim of attempt 1 is not one that PatchPilot wrote"],
    [
      seen({ gate: { state: "unreadable", oid: "g1" } }),
      "the gate of attempt 1 is not one that PatchPilot wrote",
    ],
    [seen({ claims: claimsOf(intent()) }, 2), "run 100 has the lease until 2026-11-21T09:15:00.000Z"],
    [seen({ pullRequest: merged }), "pull request #34 was merged"],
    [seen({ pullRequest: pullRequestOf({ state: "closed" }) }), "pull request #34 was closed unmerged"],
    [
      seen({ gate: publishing, runs: [runOf()] }, 5, { redispatch: true }),
      "it is publishing its pull request, which cannot be replaced",
    ],
    [seen({}, 5, { redispatch: true }), "someone asked for another attempt"],
    [
      seen({ gate: waiting, runs: [runOf()] }),
      "run 500 waits for a maintainer's word, because the proof of its patch is too weak",
    ],
    [seen({ gate: publishing }, late), "run 500 is gone and left no pull request"],
    [seen({ gate: publishing, runs: [runOf()] }), "run 500 is publishing"],
    [seen({ gate: working, runs: [runOf()] }), "run 500 is working"],
    [seen({ gate: working, runs: [runOf()] }, late), "it did not finish in time"],
    [seen({}, 20), "it was dispatched; its run has not appeared yet"],
    [seen({}), "the dispatched run did not start"],
    [seen({ claims: claimsOf(done({ losses: 1 })) }), "the repair workflow did not start, twice"],
    [seen({ runs: [runOf({ id: "501" })] }), "run 501 has started"],
    [seen({ runs: [runOf()] }, late), "its run never reached the gate in time"],
    [seen({ gate: working, runs: [green] }), "run 500 ended without a pull request"],
    [seen({ gate: working, runs: [ended()] }), "run 500 ended: failure"],
    [seen({ gate: working, runs: [ended({ conclusion: null })] }), "run 500 ended: unknown"],
    [
      seen({ gate: working, runs: [green], endWords: unread }, 33),
      "GitHub answered 503; a later run tries again",
    ],
    [
      seen({
        gate: gateOf({ state: "publishing", run: "500", runAttempt: 1, head: sha }),
        pullRequest: pullRequestOf(),
        checks: redOn(sha),
      }),
      "checks of its pull request went red",
    ],
    [
      seen({ pullRequest: pullRequestOf(), changeRequest: { review: "R", isOthers: false } }),
      "a reviewer asked for changes",
    ],
  ])("is what people can act on (%#)", (settlement, reason) => {
    expect(settlement).toMatchObject({ reason });
  });
});

describe("red checks of an open pull request", () => {
  const sha = "c".repeat(40);
  const gate = gateOf({ state: "publishing", run: "500", runAttempt: 1, head: sha });
  const red = (issue = {}, settings = {}, checks = redOn(sha)) =>
    seen(
      {
        gate,
        checks,
        pullRequest: pullRequestOf(),
        incident: incidentOf({ attempts: [attemptRecord()] }, issue),
      },
      60,
      settings,
    );

  it("end the attempt, for another one that turns them green", () => {
    expect(red()).toMatchObject({ kind: "close", outcome: "changes-requested", ending: "red-checks" });
  });

  it("leave a pull request alone that is on hold", () => {
    expect(red({ labels: ["patchpilot:hold"] })).toEqual({ kind: "proposed" });
  });

  it.each<[string, object, Partial<ReturnType<typeof redOn>>]>([
    ["all 1 attempts are used", { maxAttempts: 1 }, {}],
    ["`allow` lacks retry", { allow: [] }, {}],
    ["`autonomy: plan` lets nothing be changed", { autonomy: "plan" }, {}],
    ["`max-ci-repairs: 0` is reached", { maxCiRepairs: 0 }, {}],
    ["there are too many to read them all", {}, { isComplete: false }],
    ["its branch is not at the commit that PatchPilot published", {}, { isOwn: false }],
  ])("are left to people, with the reason: %s", (why, settings, changes) => {
    const note = `checks of its pull request are red, and ${why}: PatchPilot does not repair them`;
    expect(red({}, settings, redOn(sha, changes))).toEqual({ kind: "proposed", note });
  });

  it("are not those that are red on the base branch", () => {
    const note = "its red checks are red on the base branch, too";
    expect(red({}, {}, redOn(sha, { red: [], isBaseRed: true }))).toEqual({ kind: "proposed", note });
  });
});

describe("an attempt that goes on with an earlier pull request", () => {
  const continues = { branch: "patchpilot/12-a1", pullRequest: 34, head: "c".repeat(40), review: "R" };
  const claims = (make: typeof intent) => claimsOf(done(), make({ cause: "review/R", continues }));

  it.each([
    ["merged", "merged"],
    ["closed", "declined"],
  ] as const)("is over if that was %s before it was sent", (state, outcome) => {
    expect(seen({ claims: claims(intent), pullRequest: pullRequestOf({ state }) })).toEqual(closing(outcome));
  });

  it("is taken over as long as that is open", () => {
    expect(seen({ claims: claims(intent), pullRequest: pullRequestOf() }).kind).toBe("takeover");
    expect(seen({ claims: claims(intent) }).kind).toBe("takeover");
    expect(seen({ claims: claimsOf(intent()), pullRequest: merged }).kind).toBe("takeover");
  });

  it("has proposed nothing until it adds a commit", () => {
    const facts = { claims: claims(done), gate: working, runs: [runOf()] };
    expect(seen({ ...facts, pullRequest: pullRequestOf() })).toEqual(inFlight);
    expect(seen({ ...facts, pullRequest: pullRequestOf({ headOid: "d".repeat(40) }) }).kind).toBe("proposed");
  });
});

describe("an attempt whose plan is posted", () => {
  const plan = {
    data: { attempt: 1, key: "pp-4242-12-a1", sha256: "" },
    seq: 1,
    commentId: "IC_plan",
    body: "",
  };
  const issue = incidentOf({ attempts: [attemptRecord()] });
  const incident = {
    ...issue,
    records: { ...issue.records, plans: new Map([[1, { ...plan, writtenAt: "" }]]) },
  };

  it("ends with it, once a worker has passed the gate", () => {
    expect(seen({ incident, gate: working })).toMatchObject({
      outcome: "planned",
      reason: "its plan is on the issue",
    });
    expect(seen({ incident }).kind).toBe("loss");
  });
});
