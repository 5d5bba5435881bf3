import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { aCase, FIX, NOW } from "../../testing/world.ts";
import { chooseFix, knownAnchor, startFacts } from "./read.ts";

const previous = (more: object) => ({
  phase: "verifying" as const,
  phaseAt: "2026-11-19T10:00:00Z",
  episode: 1,
  decision: "wait",
  verdict: "waiting",
  decidedAt: "2026-11-19T10:00:00Z",
  mergeCommit: FIX,
  ...more,
});

describe("the fix to verify", () => {
  test("is the newest merge", () => {
    expect(chooseFix(aCase())).toMatchObject({ kind: "merged", commit: FIX });
  });

  test("is the first deployment after acceptance where nothing was merged", () => {
    const subject = aCase({ merge: null });
    expect(chooseFix(subject)).toEqual({ kind: "deployment", after: subject.acceptedAt });
  });

  test("is what is deployed after a merge that production disproved", () => {
    const disproved = previous({ verdict: "failing", decision: "escalate", watchFrom: NOW - HOUR });
    expect(chooseFix(aCase({ previous: disproved }))).toEqual({ kind: "deployment", after: NOW - HOUR });
  });

  test("stays that when the watch has not decided since", () => {
    const watching = previous({ decision: "watch", mergeCommit: undefined, watchFrom: NOW - HOUR });
    expect(chooseFix(aCase({ previous: watching }))).toMatchObject({ kind: "deployment" });
  });

  test("is the next merge after a disproved one", () => {
    const disproved = previous({ verdict: "failing", decision: "retry", watchFrom: NOW - 9 * HOUR });
    const merge = { commit: "e3".repeat(20), at: NOW - HOUR, attempt: 2, pullRequest: 44 };
    expect(chooseFix(aCase({ previous: disproved, merge }))).toMatchObject({ kind: "merged", attempt: 2 });
  });
});

describe("the anchor of an earlier run", () => {
  test("holds for the same fix only", () => {
    const subject = aCase({ previous: previous({ anchor: NOW - HOUR }) });
    expect(knownAnchor(subject, chooseFix(subject))).toBe(NOW - HOUR);
    const other = aCase({ previous: previous({ anchor: NOW - HOUR, mergeCommit: "e3".repeat(20) }) });
    expect(knownAnchor(other, chooseFix(other))).toBeNull();
  });
});

describe("what is known at the start", () => {
  test("attempts are counted against the limit, and never below none", () => {
    expect(startFacts(aCase({ attempts: 1 }), 3).attemptsLeft).toBe(2);
    expect(startFacts(aCase({ attempts: 5 }), 3).attemptsLeft).toBe(0);
  });

  test("a close is looked back at only while the issue is recovered", () => {
    const closed = previous({
      phase: "recovered",
      closedAt: "2026-11-18T10:00:00Z",
      looks: ["24h", "never"],
    });
    const subject = aCase({ phase: "recovered", previous: closed });
    expect(startFacts(subject, 3).close).toEqual({ at: Date.parse("2026-11-18T10:00:00Z"), looks: ["24h"] });
    expect(startFacts({ ...subject, phase: "accepted" }, 3).close).toBeUndefined();
  });
});
