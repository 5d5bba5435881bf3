import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../../decide.ts";
import type { LatencyFact, VerifyFacts } from "../../facts.ts";
import { countServed, fixed, old, type Served, SLOW_SHARE } from "../../testing/served.ts";
import { fastAgain, measured } from "../../testing/slow.ts";
import { NOW, SETTINGS } from "../../testing/world.ts";
import { describeDecision } from "../../words-decision.ts";
import { lookBegin } from "../watch/due.ts";

const SLOW = measured({ slow: 264, p95: 500 });
const ROLLED_BACK = { state: "rolled-back", sha: null, detail: "Production went back to 0d0d0d0." } as const;

/** A slow operation that was closed a day ago. */
const lookAt = (latency: LatencyFact, more: Partial<VerifyFacts> = {}) =>
  decideRecovery(
    fastAgain({ phase: "recovered", close: { at: NOW - 25 * HOUR, looks: [] }, latency, ...more }),
    NOW,
    SETTINGS,
  );

describe("a look at a slow operation after its close", () => {
  test("asks what is deployed, then for the durations, and for nothing before it is due", () => {
    const { deployment: _, latency: __, ...facts } = fastAgain({ phase: "recovered" });
    const at = (hours: number, more = {}) =>
      openQuestion({ ...facts, close: { at: NOW - hours * HOUR, looks: [] }, ...more }, NOW, SETTINGS);
    expect(at(23)).toBeUndefined();
    expect(at(25, { held: true })).toBeUndefined();
    expect(at(25)).toBe("deployment");
    expect(at(25, { deployment: ROLLED_BACK })).toBe("latency");
  });

  test("says that it is still fast", () => {
    const decision = lookAt(measured());
    expect(decision).toMatchObject({ decision: "confirm", verdict: "recovered", looks: ["24h"] });
    expect(describeDecision(decision)).toContain("<summary>Verdict: still fast<");
  });

  test("says that it is slow again, and reopens it", () => {
    const decision = lookAt(SLOW);
    expect(decision).toMatchObject({ decision: "reopen", verdict: "failing", phase: "accepted" });
    expect(describeDecision(decision)).toContain("<summary>Verdict: reopened, it is slow again<");
  });

  test("orders no attempt where production lost the fix", () => {
    const decision = lookAt(SLOW, { deployment: ROLLED_BACK });
    expect(decision).toMatchObject({ decision: "reopen", verdict: "not-deployed", phase: "verifying" });
    expect(decision.reason).toContain("0d0d0d0");
  });

  test.each<[string, LatencyFact, Partial<VerifyFacts>]>([
    ["no request", measured({ samples: 0, slow: 0, expected: 0, p95: null }), {}],
    ["too little", measured({ samples: 20, slow: 1, expected: 2 }), {}],
    ["0d0d0d0", measured(), { deployment: ROLLED_BACK }],
  ])("says that it cannot tell: %s", (why, latency, more) => {
    const decision = lookAt(latency, more);
    expect(decision).toMatchObject({ decision: "doubt", verdict: "unknown", looks: ["24h"] });
    expect(decision.reason).toContain(why);
  });

  test("says why there is no request, and what helps", () => {
    const silent = { traffic: { state: "counted", source: "spans", alive: false } } as const;
    const none = measured({ samples: 0, slow: 0, expected: 0, p95: null });
    const say = (more: Partial<VerifyFacts>) => lookAt(none, { ...silent, ...more }).reason;
    expect(say({ tracing: { state: "stopped" } })).toContain("nor of other operations");
    expect(say({ tracing: { state: "renamed", to: "GET /v2/cart" } })).toContain(
      "about as many of GET /v2/cart",
    );
    expect(say({ tracing: { state: "unused" } })).toContain("nobody uses it, or its name changed (");
  });

  test("stays due while the durations cannot be read", () => {
    expect(lookAt({ state: "unknown", detail: "Sentry answered 503." })).toMatchObject({
      decision: "doubt",
      looks: [],
    });
  });

  test("counts the last two days alone, so fast days before hide nothing", () => {
    expect(lookBegin({ at: NOW - DAY, looks: [] }, NOW)).toBe(NOW - DAY);
    expect(lookBegin({ at: NOW - 7 * DAY, looks: [] }, NOW)).toBe(NOW - 2 * DAY);
  });
});

describe("a look at a slow operation that several releases serve", () => {
  /** Three days since the deploy, a day since the close. */
  function lookBy(parts: readonly Served[], more: Partial<VerifyFacts> = {}) {
    const close = { at: NOW - 25 * HOUR, looks: [] };
    const counted = countServed(72, parts, { begin: close.at });
    return decideRecovery(fastAgain({ phase: "recovered", close, ...counted, ...more }), NOW, SETTINGS);
  }
  const always = (samples: number) => () => samples;
  const until = (hour: number, samples: number, then: number) => (at: number) => (at < hour ? samples : then);

  test.each([15, 45])("does not take old ones that are slow for a return: %i of 50 requests", (slow) => {
    const decision = lookBy([fixed(always(50 - slow)), old(always(slow))]);
    expect(decision).toMatchObject({ decision: "doubt", verdict: "unknown" });
    expect(decision.reason).toContain("0d0d0d0, which lacks the fix, still serves it slowly");
  });

  test("is not held up by the last of them", () => {
    expect(lookBy([fixed(always(98)), old(always(2))]).decision).toBe("confirm");
  });

  test.each([
    ["as it is live", {}],
    ["though production went back", { deployment: ROLLED_BACK }],
  ])("reopens it where those with the fix are slow, %s", (_, more) => {
    const decision = lookBy([fixed(always(35), SLOW_SHARE), old(always(15))], more);
    expect(decision).toMatchObject({ decision: "reopen", verdict: "failing" });
  });

  test("orders no attempt where requests name old ones alone again, whatever the source says", () => {
    const decision = lookBy([fixed(until(48, 50, 0)), old(until(48, 0, 50))]);
    expect(decision).toMatchObject({ decision: "reopen", verdict: "not-deployed", phase: "verifying" });
    expect(decision.reason).toMatch(
      /^Production no longer runs the fix: 0d0d0d0, which lacks the fix, still serves it slowly/,
    );
  });

  test("says nothing of a loss where what names old ones is fast", () => {
    const decision = lookBy([fixed(until(48, 50, 0)), old(until(48, 0, 50), 0.1)]);
    expect(decision).toMatchObject({ decision: "doubt", verdict: "unknown" });
    expect(decision.reason).toContain("100 % of the traffic names 0d0d0d0");
  });
});
