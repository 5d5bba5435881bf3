import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "./decide.ts";
import type { DecisionKind, ErrorsFact, VerifyFacts } from "./facts.ts";
import { counted, recovered } from "./testing/facts.ts";
import { closed, sawSince } from "./testing/watched.ts";
import { FIX, LIVE, NOW, SETTINGS, someFacts } from "./testing/world.ts";

const decideNow = (facts: VerifyFacts, settings = SETTINGS) => decideRecovery(facts, NOW, settings);
const stateOf = (facts: VerifyFacts) => decideNow(facts).checks.map(({ state }) => state);

describe("the order of questions", () => {
  test("the cheapest comes first, and each is open until it is answered", () => {
    const { deployment, health, traffic, errors } = recovered();
    const steps: VerifyFacts[] = [
      someFacts(),
      someFacts({ deployment: deployment as never }),
      someFacts({ deployment: deployment as never, health: health as never }),
      someFacts({ deployment: deployment as never, health: health as never, traffic: traffic as never }),
      someFacts({
        deployment: deployment as never,
        health: health as never,
        traffic: traffic as never,
        errors: errors as never,
      }),
      recovered(),
    ];
    expect(steps.map((facts) => openQuestion(facts, NOW, SETTINGS))).toEqual([
      "deployment",
      "health",
      "traffic",
      "errors",
      "sibling",
      undefined,
    ]);
  });

  test("the first no ends it: nothing after it is asked", () => {
    const facts = someFacts({ deployment: { state: "pending", sha: LIVE, detail: "building" } });
    expect(openQuestion(facts, NOW, SETTINGS)).toBeUndefined();
    expect(stateOf(facts)).toEqual(["yes", "no", "skipped", "skipped", "skipped"]);
  });

  test("a held incident is left alone before anything is asked", () => {
    const facts = someFacts({ held: true });
    expect(openQuestion(facts, NOW, SETTINGS)).toBeUndefined();
    expect(decideNow(facts).decision).toBe("skip");
  });
});

describe("is it live", () => {
  test.each([
    ["pending", "wait"],
    ["staged", "wait"],
    ["absent", "wait"],
    ["rolled-back", "wait"],
    ["unknown", "wait"],
    ["failed", "escalate"],
  ] as const)("a deployment that is %s: %s", (state, decision) => {
    const facts = someFacts({ deployment: { state, sha: LIVE, detail: "it says so" } });
    expect(decideNow(facts)).toMatchObject({ decision, reason: expect.stringMatching(/^it says so/) });
  });

  test("a merge that is not live after a week goes to a person", () => {
    const fix = { kind: "merged", commit: FIX, at: NOW - 8 * DAY, attempt: 1, pullRequest: 40 } as const;
    const facts = someFacts({ fix, deployment: { state: "absent", sha: null, detail: "not live" } });
    expect(decideNow(facts)).toMatchObject({ decision: "escalate", verdict: "not-deployed" });
  });

  test("a deployment younger than the minimum waits for it", () => {
    const since = NOW - 20_000;
    const { decision, eta } = decideNow(
      recovered({ deployment: { state: "live", source: "vercel", sha: LIVE, since } }),
    );
    expect(decision).toBe("wait");
    expect(Date.parse(eta ?? "")).toBe(NOW + MINUTE);
  });
});

describe("health", () => {
  test("an unhealthy app waits", () => {
    const facts = recovered({ health: { state: "unhealthy", detail: "500" } });
    expect(decideNow(facts)).toMatchObject({ decision: "wait", verdict: "waiting" });
    expect(stateOf(facts)).toEqual(["yes", "yes", "no", "skipped", "skipped"]);
  });

  test("a name that does not resolve is unknown: the errors are still judged, but nothing closes", () => {
    const facts = recovered({ health: { state: "unknown", detail: "its name does not resolve" } });
    expect(decideNow(facts).decision).toBe("wait");
    expect(stateOf(facts)).toEqual(["yes", "yes", "unknown", "yes", "unknown"]);
    const failing = { ...facts, errors: counted(30, 60) };
    expect(decideNow(failing)).toMatchObject({ decision: "retry", verdict: "failing" });
  });
});

describe("traffic", () => {
  test("none is never a recovery", () => {
    const facts = recovered({ traffic: { state: "counted", source: "sessions", alive: false } });
    expect(decideNow(facts)).toMatchObject({ decision: "wait", verdict: "waiting" });
  });

  test("none until the cap is inconclusive, and goes to a person", () => {
    const since = NOW - 49 * HOUR;
    const facts = recovered({
      deployment: { state: "live", source: "vercel", sha: LIVE, since },
      traffic: { state: "counted", source: "sessions", alive: false },
    });
    expect(decideNow(facts)).toMatchObject({ decision: "escalate", verdict: "inconclusive" });
  });
});

describe("the verdict on the errors", () => {
  test("recovered closes", () => {
    expect(decideNow(recovered())).toMatchObject({
      decision: "close",
      verdict: "recovered",
      phase: "recovered",
      eta: null,
    });
  });

  test("failing opens another attempt while attempts are left", () => {
    expect(decideNow(recovered({ errors: counted(30, 60) }))).toMatchObject({
      decision: "retry",
      phase: "requeued",
    });
  });

  test("failing goes to a person when they are spent, or where a person made the fix", () => {
    const failing = { errors: counted(30, 60) };
    expect(decideNow(recovered({ ...failing, attemptsLeft: 0 })).decision).toBe("escalate");
    const fix = { kind: "merged", commit: FIX, at: NOW - DAY, attempt: null, pullRequest: 41 } as const;
    expect(decideNow(recovered({ ...failing, fix })).decision).toBe("escalate");
  });

  test("fewer errors wait, and say so", () => {
    expect(decideNow(recovered({ errors: counted(20, 8) }))).toMatchObject({
      decision: "wait",
      verdict: "improved",
    });
  });

  test("a wait says when it would close", () => {
    const { decision, eta } = decideNow(recovered({ errors: counted(2, 0) }));
    expect(decision).toBe("wait");
    expect(Date.parse(eta ?? "")).toBe(NOW + 5 * HOUR);
  });

  test("a wait beyond the cap says when it goes to a person", () => {
    const { eta } = decideNow(recovered({ errors: counted(2, 0, { eta: 300 }) }));
    expect(Date.parse(eta ?? "")).toBe(NOW + 46 * HOUR);
  });

  test("the cap escalates", () => {
    const facts = recovered({ errors: counted(48, 20) });
    expect(decideNow(facts)).toMatchObject({
      decision: "escalate",
      verdict: "inconclusive",
      phase: "needs-human",
    });
  });

  test("an error that was too rare is said at once to be undecidable", () => {
    const rare = counted(1, 0, { active0: 20, events0: 20, cap: 72, eta: null });
    expect(decideNow(recovered({ errors: rare })).reason).toMatch(/Too rare to tell within 72 h/);
  });

  test("while Sentry does not answer nothing is recovered", () => {
    const facts = recovered({ errors: { state: "unknown", detail: "Sentry answered 503." } });
    expect(decideNow(facts)).toMatchObject({ decision: "wait", verdict: "unknown" });
  });

  test("an error that took the place of this one keeps it open", () => {
    const facts = recovered({ sibling: { state: "found", shortId: "SHOP-99" } });
    expect(decideNow(facts).decision).toBe("wait");
    expect(decideNow(facts).reason).toContain("SHOP-99");
  });
});

describe("a weak recovery", () => {
  const clock = { errors: { ...counted(30, 0, { clock: true }), source: "clock" } as ErrorsFact };
  const noTraffic = { traffic: { state: "counted", source: "clock", alive: null } } as const;

  test("closes with a healthy app as another sign of life", () => {
    expect(decideNow(recovered({ ...clock, ...noTraffic })).decision).toBe("close");
  });

  test("goes to a person without one: the clock alone closes nothing", () => {
    const facts = recovered({
      ...clock,
      ...noTraffic,
      health: { state: "off", detail: "no health-url is set" },
    });
    expect(decideNow(facts)).toMatchObject({ decision: "escalate", verdict: "recovered" });
  });
});

describe("an incident whose fix nobody named", () => {
  const watched = (more: Partial<VerifyFacts> = {}) =>
    recovered({ phase: "needs-human", fix: { kind: "deployment", after: NOW - 2 * DAY }, ...more });

  test("closes when a deployment proves to have fixed it", () => {
    expect(decideNow(watched()).decision).toBe("close");
  });

  test("is watched meanwhile, and its phase stays", () => {
    expect(decideNow(watched({ errors: counted(2, 0) }))).toMatchObject({
      decision: "watch",
      phase: "needs-human",
    });
    const accepted = watched({ phase: "accepted", errors: counted(30, 60) });
    expect(decideNow(accepted)).toMatchObject({ decision: "watch", verdict: "failing", phase: "accepted" });
  });

  test("is left alone while nothing was deployed", () => {
    const facts = watched({ deployment: { state: "absent", sha: null, detail: "nothing" } });
    expect(decideNow(facts).decision).toBe("skip");
  });
});

describe("what `allow` does not hold", () => {
  test.each<[DecisionKind, VerifyFacts]>([
    ["close", recovered()],
    ["retry", recovered({ errors: counted(30, 60) })],
    ["escalate", recovered({ errors: counted(48, 20) })],
  ])("%s becomes a wait that names it", (kind, facts) => {
    expect(decideNow(facts).decision).toBe(kind);
    const { decision, reason, next } = decideNow(facts, { ...SETTINGS, allow: [] });
    expect(decision).toBe("wait");
    expect(reason).toContain("`allow`");
    expect(next).toContain(`Add ${kind}`);
  });

  test.each<[string, VerifyFacts]>([
    ["close", recovered()],
    ["retry", recovered({ errors: counted(30, 60) })],
    ["escalate", recovered({ errors: counted(48, 20) })],
    ["escalate", someFacts({ deployment: { state: "failed", sha: LIVE, detail: "it says so" } })],
  ])("a %s that waits says until when", (_, facts) => {
    const { eta } = decideNow(facts, { ...SETTINGS, allow: [] });
    expect(Date.parse(eta ?? "")).toBeGreaterThan(NOW);
    expect(Date.parse(eta ?? "")).toBeLessThanOrEqual(NOW + 48 * HOUR);
  });

  test("what may not be closed goes to a person at the cap, still as recovered", () => {
    const settings = { ...SETTINGS, allow: ["retry", "escalate"] } as const;
    const sinceHours = (hours: number) =>
      recovered({
        deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - hours * HOUR },
      });
    expect(decideNow(sinceHours(47), settings)).toMatchObject({ decision: "wait", verdict: "recovered" });
    expect(decideNow(sinceHours(48), settings)).toMatchObject({
      decision: "escalate",
      verdict: "recovered",
      eta: null,
    });
  });

  test.each([
    [["escalate"], "escalate"],
    [[], "wait"],
  ] as const)("with %j an error that is back after the close is announced: %s", (allow, decision) => {
    const facts = closed(48, sawSince({ hours: 48, perHour: 2, lastHours: 20 }));
    expect(decideNow(facts).decision).toBe("reopen");
    const announced = decideNow(facts, { ...SETTINGS, allow });
    expect(announced).toMatchObject({ decision, verdict: "failing", phase: "recovered" });
    expect(announced.reason).toContain("`allow` lacks close");
    expect(announced.eta === null).toBe(decision === "escalate");
  });

  test("resolving in Sentry needs its own word, and a close", () => {
    const settings = { ...SETTINGS, allow: [...SETTINGS.allow, "resolve"] } as const;
    expect(decideNow(recovered()).resolve).toBe(false);
    expect(decideNow(recovered(), settings).resolve).toBe(true);
    expect(decideNow(recovered({ errors: counted(2, 0) }), settings).resolve).toBe(false);
  });
});
