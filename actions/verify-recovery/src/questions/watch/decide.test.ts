import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../../decide.ts";
import type { VerifyFacts } from "../../facts.ts";
import { BY_SESSIONS, closed, type Since, sawSince, summed } from "../../testing/watched.ts";
import { NOW, OLD, SETTINGS, someFacts } from "../../testing/world.ts";
import type { WatchFact } from "./facts.ts";

const decideNow = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);
const BACK: Since = { hours: 25, perHour: 2, lastHours: 12 };
const ROLLED_BACK = { state: "rolled-back", sha: OLD, detail: "Production went back to 0d0d0d0." } as const;

describe("what is asked of a closed error", () => {
  const facts = (more: Partial<VerifyFacts>): VerifyFacts =>
    someFacts({ phase: "recovered", close: { at: NOW - 30 * HOUR, looks: ["24h"] }, ...more });
  const next = (more: Partial<VerifyFacts>) => openQuestion(facts(more), NOW, SETTINGS);

  test("between the looks, nothing but whether it was seen again, unless it was", () => {
    expect(next({})).toBe("sign");
    expect(next({ sign: { state: "seen", at: NOW - 40 * HOUR } })).toBeUndefined();
    expect(next({ sign: { state: "seen", at: null } })).toBeUndefined();
    expect(next({ sign: { state: "unknown", detail: "down" } })).toBeUndefined();
    expect(next({ sign: { state: "seen", at: NOW - HOUR } })).toBe("deployment");
  });

  test("of one that Sentry knows no more, once", () => {
    const close = { at: NOW - 30 * HOUR, looks: ["24h"] } as const;
    expect(next({ close, sign: { state: "gone" } })).toBe("deployment");
    expect(next({ close: { ...close, gone: true }, sign: { state: "gone" } })).toBeUndefined();
  });

  test("at a look, everything", () => {
    const sign = { state: "seen", at: null } as const;
    const close = { at: NOW - 30 * HOUR, looks: [] };
    expect(next({ sign, close })).toBe("deployment");
    expect(next({ sign, close, deployment: ROLLED_BACK })).toBe("watch");
  });

  test("nothing once a person holds it, nor after 90 days", () => {
    expect(next({ held: true })).toBeUndefined();
    expect(next({ close: { at: NOW - 91 * DAY, looks: [] } })).toBeUndefined();
  });

  test("no deployment where nobody knows the fix", () => {
    const fix = { kind: "deployment", after: NOW - 3 * DAY } as const;
    expect(next({ fix, sign: { state: "seen", at: NOW - HOUR } })).toBe("watch");
  });
});

describe("the answer at a look", () => {
  test("is that it is still away where silence proves it, and it completes the look", () => {
    const decision = decideNow(closed(25, sawSince({ hours: 25 })));
    expect(decision).toMatchObject({ decision: "confirm", verdict: "recovered", looks: ["24h"] });
    expect(decision.reason).toContain("Still away: no error in the 25 h and 3,000 sessions");
    expect(decideNow(closed(170, sawSince({ hours: 170 }))).looks).toEqual(["24h", "7d"]);
  });

  test("is that it is back, from when it began, and not from the mean since the close", () => {
    const watch = sawSince({ hours: 160, perHour: 2, lastHours: 8 });
    const decision = decideNow(closed(160, watch));
    expect(decision).toMatchObject({ decision: "reopen", verdict: "failing", phase: "accepted" });
    expect(decision.reason).toMatch(/back since about 19 November, 0[34]:/);
  });

  test("names the releases that raise it", () => {
    const raisedBy = [{ release: "shop@2", errors: 24, fixed: true }];
    const { odds } = decideNow(closed(25, sawSince(BACK, { raisedBy })));
    expect(odds).toContain("Raised by shop@2 (24).");
  });

  test("is never that it is away over errors that may be a return", () => {
    const watch = sawSince({ hours: 25, perHour: 1, lastHours: 4 });
    expect(decideNow(closed(25, watch))).toMatchObject({
      decision: "doubt",
      verdict: "unknown",
      looks: ["24h"],
    });
  });

  test.each<[string, WatchFact]>([
    ["no traffic since the close", sawSince({ hours: 25, sessions: 0 })],
    ["traffic has stopped", sawSince({ hours: 25 }, { alive: false })],
    ["too little", sawSince({ hours: 25, sessions: 5 })],
    ["sampling rate", sawSince(BACK, { sameSampling: false })],
    ["still raise it", sawSince({ hours: 25 }, { all: summed(BACK) })],
    ["deleted", { state: "unknown", detail: "it was deleted", lasting: true }],
  ])("is that it is not clear: %s", (why, watch) => {
    const decision = decideNow(closed(25, watch));
    expect(decision).toMatchObject({ decision: "doubt", phase: "recovered", looks: ["24h"] });
    expect(decision.reason).toContain(why);
  });

  test("is that it is not clear by the clock alone", () => {
    const close = { at: NOW - 25 * HOUR, looks: [], old: { ...BY_SESSIONS, source: "clock" } } as const;
    const decision = decideNow(closed(25, sawSince({ hours: 25 }), { close }));
    expect(decision).toMatchObject({ decision: "doubt", looks: ["24h"] });
    expect(decision.reason).toContain("clock");
  });

  test("is that it is back, by the clock, where traffic is sampled otherwise", () => {
    const changed = { sameSampling: false, byClock: true };
    expect(decideNow(closed(25, sawSince(BACK, changed))).decision).toBe("reopen");
    const silent = decideNow(closed(25, sawSince({ hours: 25 }, changed)));
    expect(silent).toMatchObject({ decision: "doubt", looks: ["24h"] });
    expect(silent.reason).toContain("the sampling rate of traffic changed since");
  });

  test("is that it is not clear by the clock where the errors since the close are long past", () => {
    const close = { at: NOW - 160 * HOUR, looks: [], old: { ...BY_SESSIONS, source: "clock" } } as const;
    const fixed = { ...summed({ hours: 160 }), c: 1 };
    expect(decideNow(closed(160, sawSince({ hours: 160 }, { fixed }), { close }))).toMatchObject({
      decision: "doubt",
      verdict: "unknown",
    });
  });

  test("stays due while Sentry does not answer", () => {
    const watch = { state: "unknown", detail: "Sentry answered 503." } as const;
    expect(decideNow(closed(25, watch))).toMatchObject({ decision: "doubt", looks: [] });
  });

  test("says that about a tenth is left, and reopens nothing", () => {
    const decision = decideNow(closed(640, sawSince({ hours: 640, perHour: 0.2 })));
    expect(decision).toMatchObject({ decision: "doubt", verdict: "improved" });
    expect(decision.reason).toContain("About a tenth is left");
  });
});

describe("a fix that production lost", () => {
  test("is reopened to be deployed again, not to be repaired", () => {
    const watch = sawSince({ hours: 25 }, { all: summed(BACK) });
    const decision = decideNow(closed(25, watch, { deployment: ROLLED_BACK }));
    expect(decision).toMatchObject({ decision: "reopen", verdict: "not-deployed", phase: "verifying" });
    expect(decision.reason).toContain("0d0d0d0");
    expect(decision.next).toContain("Deploy the fix again");
  });

  test("differs from one that failed where its own releases raise errors, too", () => {
    const watch = sawSince(BACK, { all: summed(BACK) });
    const decision = decideNow(closed(25, watch, { deployment: ROLLED_BACK }));
    expect(decision).toMatchObject({ decision: "reopen", verdict: "failing" });
  });

  test("is seen by the traffic where no source knows of it", () => {
    const share = { before: 0.9, lately: 0.1 };
    const watch = sawSince({ hours: 25 }, { all: summed(BACK), share });
    const decision = decideNow(closed(25, watch));
    expect(decision).toMatchObject({ decision: "reopen", verdict: "not-deployed" });
    expect(decision.reason).toContain("10 % of the sessions of the last day, 90 % before the close");
  });

  test("is not reopened while the errors stay away, and is not called away either", () => {
    const decision = decideNow(closed(25, sawSince({ hours: 25 }), { deployment: ROLLED_BACK }));
    expect(decision).toMatchObject({ decision: "doubt", verdict: "unknown" });
    expect(decision.reason).toContain("0d0d0d0");
  });
});

describe("between the looks", () => {
  const later = (watch: WatchFact) =>
    decideNow(closed(48, watch, { close: { at: NOW - 48 * HOUR, looks: ["24h"], old: BY_SESSIONS } }));

  test("a return is found", () => {
    expect(later(sawSince({ hours: 48, perHour: 2, lastHours: 8 })).decision).toBe("reopen");
  });

  test("a single event, and traffic or a Sentry that is away, change nothing", () => {
    expect(later(sawSince({ hours: 48, perHour: 1, lastHours: 1 })).decision).toBe("skip");
    expect(later(sawSince({ hours: 48 }, { alive: false })).decision).toBe("skip");
    expect(later({ state: "unknown", detail: "Sentry answered 503." }).decision).toBe("skip");
  });

  test("what was called away no longer is once errors make it doubtful", () => {
    expect(later(sawSince({ hours: 48, perHour: 1, lastHours: 3 }))).toMatchObject({
      decision: "doubt",
      looks: [],
    });
  });
});
