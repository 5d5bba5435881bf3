import type { RecoveryRecord } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "./decide.ts";
import { makeRecoveryRecord } from "./decide-record.ts";
import type { VerifyDecision, VerifyFacts } from "./facts.ts";
import type { VerifyCase } from "./questions/case.ts";
import { readOldCounts } from "./questions/watch/old-rate.ts";
import { BY_SESSIONS, closed, closedCase, sawSince, summed } from "./testing/watched.ts";
import { aCase, FIX, LIVE, NOW, SETTINGS, someFacts } from "./testing/world.ts";

const decideOn = (more: Partial<VerifyFacts>, now = NOW): VerifyDecision =>
  decideRecovery(someFacts(more), now, SETTINGS);
const waiting = (now = NOW) =>
  decideOn({ deployment: { state: "pending", sha: LIVE, detail: "building" } }, now);
const failed = () => decideOn({ deployment: { state: "failed", sha: LIVE, detail: "failed" } });

/** What a reader gets back from the comment. */
const stored = (record: RecoveryRecord | null): RecoveryRecord => JSON.parse(JSON.stringify(record));
const after = (decision: VerifyDecision, subject: VerifyCase = aCase()): VerifyCase =>
  aCase({ ...subject, phase: decision.phase, previous: stored(makeRecoveryRecord(subject, decision, NOW)) });

describe("the record of a decision", () => {
  test("names the fix, the phase and the numbers, in under 4 KB", () => {
    const record = makeRecoveryRecord(aCase(), waiting(), NOW);
    expect(record).toMatchObject({
      episode: 1,
      decision: "wait",
      attempt: 1,
      mergeCommit: FIX,
      phase: "verifying",
    });
    expect(record?.numbers).toEqual(waiting().numbers);
    expect(JSON.stringify(record).length).toBeLessThan(4096);
  });

  test("is not written again when nothing has changed", () => {
    expect(makeRecoveryRecord(after(waiting()), waiting(), NOW + HOUR)).toBeNull();
  });

  test("is written again when decision, verdict or a check changes", () => {
    expect(makeRecoveryRecord(after(waiting()), failed(), NOW)).toMatchObject({
      decision: "escalate",
      phase: "needs-human",
    });
    const unknown = decideOn({ deployment: { state: "unknown", sha: null, detail: "no" } });
    expect(makeRecoveryRecord(after(waiting()), unknown, NOW)).toMatchObject({ verdict: "unknown" });
  });

  test.each([
    { hours: 0.5, isWritten: false },
    { hours: 20, isWritten: false },
    { hours: 60, isWritten: true },
  ])("an ETA six days ahead that moves by $hours h is written: $isWritten", ({ hours, isWritten }) => {
    const decision = waiting();
    const moved = {
      ...decision,
      eta: new Date(Date.parse(decision.eta ?? "") + hours * HOUR).toISOString(),
    };
    expect(makeRecoveryRecord(after(decision), moved, NOW) !== null).toBe(isWritten);
  });

  test("keeps the time at which the phase began", () => {
    const first = after(waiting());
    const later = makeRecoveryRecord(first, { ...waiting(NOW + HOUR), verdict: "unknown" }, NOW + HOUR);
    expect(later?.phaseAt).toBe(first.previous?.phaseAt);
    expect(later?.decidedAt).not.toBe(first.previous?.decidedAt);
  });

  test("keeps fields that it does not know", () => {
    const subject = aCase({ previous: { ...after(waiting()).previous, fromTheFuture: 7 } as RecoveryRecord });
    expect(makeRecoveryRecord(subject, failed(), NOW)).toMatchObject({ fromTheFuture: 7 });
  });
});

describe("what a record leads the next run to", () => {
  test("a close remembers its instant and the looks that are done", () => {
    const close = { at: NOW - 25 * HOUR, looks: [] };
    const subject = aCase({ phase: "recovered" });
    const confirmed: VerifyDecision = {
      ...decideOn({ phase: "recovered", close }),
      decision: "confirm",
      looks: ["24h"],
    };
    expect(makeRecoveryRecord(subject, confirmed, NOW)).toMatchObject({
      closedAt: new Date(close.at).toISOString(),
      looks: ["24h"],
    });
  });

  test("an answer after the close fits into 4 KB, and keeps what the next look needs", () => {
    const hours = { hours: 169, perHour: 0.2 };
    const raisedBy = [1, 2, 3].map(() => ({ release: "r".repeat(80), errors: 1, fixed: true }));
    const share = { before: 1 / 3, lately: 1 / 3 };
    const facts = closed(169, sawSince(hours, { all: summed(hours), raisedBy, share }));
    const subject = closedCase(169);
    const record = makeRecoveryRecord(subject, decideRecovery(facts, NOW, SETTINGS), NOW);
    expect(JSON.stringify(record).length).toBeLessThan(4096);
    expect(record).toMatchObject({
      anchor: subject.previous?.["anchor"],
      closedAt: subject.previous?.closedAt,
    });
    expect(readOldCounts(stored(record))).toEqual(BY_SESSIONS);
  });

  test("a rollback ends the anchor, and not knowing what is live keeps it", () => {
    const live = decideOn({ deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW } });
    const subject = after({ ...live, decision: "wait" });
    const rolledBack = decideOn({ deployment: { state: "rolled-back", sha: LIVE, detail: "back" } });
    expect(makeRecoveryRecord(subject, rolledBack, NOW)?.["anchor"]).toBeUndefined();
    const unknown = decideOn({ deployment: { state: "unknown", sha: null, detail: "no" } });
    expect(makeRecoveryRecord(subject, unknown, NOW)?.["anchor"]).toBe(NOW);
  });

  test("a disproved fix is no anchor for what comes after it", () => {
    const since = NOW - 9 * HOUR;
    const live = decideOn({ deployment: { state: "live", source: "vercel", sha: LIVE, since } });
    const failing: VerifyDecision = { ...live, decision: "retry", verdict: "failing" };
    expect(makeRecoveryRecord(aCase(), failing, NOW)).toMatchObject({ watchFrom: NOW, anchor: undefined });
  });
});

describe("watching deployments", () => {
  const watch = (verdict: VerifyDecision["verdict"], phase: VerifyCase["phase"]): VerifyDecision => ({
    ...decideOn({ phase, fix: { kind: "deployment", after: NOW - HOUR } }),
    decision: "watch",
    verdict,
    phase,
  });

  test("is not talked about on an accepted incident until a deployment is disproved", () => {
    const subject = aCase({ phase: "accepted", merge: null });
    expect(makeRecoveryRecord(subject, watch("waiting", "accepted"), NOW)).toBeNull();
    expect(makeRecoveryRecord(subject, watch("failing", "accepted"), NOW)).toMatchObject({ watchFrom: NOW });
  });

  test("is told to the person who was asked to fix it", () => {
    const subject = aCase({ phase: "needs-human", merge: null });
    expect(makeRecoveryRecord(subject, watch("waiting", "needs-human"), NOW)).toMatchObject({
      decision: "watch",
    });
  });

  test("never wins over what another action wrote since", () => {
    const subject = aCase({ phase: "accepted", merge: null });
    const record = makeRecoveryRecord(subject, watch("failing", "accepted"), NOW);
    expect(record?.phaseAt).toBe(new Date(subject.acceptedAt).toISOString());
  });
});
