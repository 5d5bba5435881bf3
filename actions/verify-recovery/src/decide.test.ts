import type { RecoverySummary } from "@patchpilot/verdict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, openQuestion, replay } from "./decide.ts";
import type { DecisionKind, ErrorsFact, Facts } from "./facts.ts";
import { DAY_MS, FIX, LIVE, NOW, SETTINGS, someFacts } from "./testing/world.ts";

const HOUR_MS = 3_600_000;

/** A week at two errors an hour before; `c` active buckets in `hours` since. */
function counted(hours: number, c: number, more: Partial<RecoverySummary> = {}): ErrorsFact {
  return {
    state: "counted",
    source: "sessions",
    byRelease: true,
    summary: {
      rule: 1,
      active0: 336,
      events0: 336,
      known0: 2016,
      n0: 2016,
      E0: 20160,
      first: false,
      phi: 1,
      c,
      E: hours * 120,
      known: hours * 12,
      buckets: hours * 12,
      windows: 1000,
      quiet: 0,
      clock: false,
      hours,
      cap: 48,
      eta: 5,
      shut: [],
      ...more,
    },
  };
}

/** An incident that is recovered, with every question answered. */
function recovered(more: Partial<Facts> = {}): Facts {
  return someFacts({
    deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - 30 * HOUR_MS },
    health: { state: "healthy", detail: "200" },
    traffic: { state: "counted", source: "sessions", alive: true },
    errors: counted(30, 0),
    sibling: { state: "none" },
    ...more,
  });
}

const decideNow = (facts: Facts, settings = SETTINGS) => decide(facts, NOW, settings);
const stateOf = (facts: Facts) => decideNow(facts).checks.map(({ state }) => state);

describe("the order of questions", () => {
  test("the cheapest comes first, and each is open until it is answered", () => {
    const { deployment, health, traffic, errors } = recovered();
    const steps: Facts[] = [
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
    const facts = someFacts({ deployment: { state, sha: LIVE, detail: "told so" } });
    expect(decideNow(facts)).toMatchObject({ decision, reason: "told so" });
  });

  test("a merge that is not live after a week goes to a person", () => {
    const fix = { kind: "merged", commit: FIX, at: NOW - 8 * DAY_MS, attempt: 1, pullRequest: 40 } as const;
    const facts = someFacts({ fix, deployment: { state: "absent", sha: null, detail: "not live" } });
    expect(decideNow(facts)).toMatchObject({ decision: "escalate", verdict: "not-deployed" });
  });

  test("a deployment younger than the minimum waits for it", () => {
    const since = NOW - 20_000;
    const { decision, eta } = decideNow(
      recovered({ deployment: { state: "live", source: "vercel", sha: LIVE, since } }),
    );
    expect(decision).toBe("wait");
    expect(Date.parse(eta ?? "")).toBe(NOW + 60_000);
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
    const since = NOW - 49 * HOUR_MS;
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
    const fix = { kind: "merged", commit: FIX, at: NOW - DAY_MS, attempt: null, pullRequest: 41 } as const;
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
    expect(Date.parse(eta ?? "")).toBe(NOW + 5 * HOUR_MS);
  });

  test("a wait beyond the cap says when it goes to a person", () => {
    const { eta } = decideNow(recovered({ errors: counted(2, 0, { eta: 300 }) }));
    expect(Date.parse(eta ?? "")).toBe(NOW + 46 * HOUR_MS);
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
    expect(decideNow(recovered({ errors: rare })).reason).toMatch(/too rare .* to be decided within 72 h/);
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

describe("looks after the close", () => {
  const closed = (hours: number, errors: ErrorsFact | undefined, looks: ("24h" | "7d")[] = []) =>
    someFacts({
      phase: "recovered",
      close: { at: NOW - hours * HOUR_MS, looks },
      ...(errors ? { errors } : {}),
    });

  test("nothing is asked before the first is due, nor between the two", () => {
    expect(openQuestion(closed(23, undefined), NOW, SETTINGS)).toBeUndefined();
    expect(openQuestion(closed(48, undefined, ["24h"]), NOW, SETTINGS)).toBeUndefined();
    expect(decideNow(closed(23, undefined)).decision).toBe("skip");
  });

  test("a due look asks for the errors alone", () => {
    expect(openQuestion(closed(25, undefined), NOW, SETTINGS)).toBe("errors");
  });

  test("a quiet look confirms, and a late one does both", () => {
    expect(decideNow(closed(25, counted(25, 0)))).toMatchObject({ decision: "confirm", looks: ["24h"] });
    expect(decideNow(closed(170, counted(170, 0)))).toMatchObject({ looks: ["24h", "7d"] });
  });

  test("errors that are back reopen it", () => {
    expect(decideNow(closed(25, counted(25, 50)))).toMatchObject({ decision: "reopen", verdict: "failing" });
  });

  test("a look that cannot be taken stays due", () => {
    const facts = closed(25, { state: "unknown", detail: "Sentry answered 503." });
    expect(decideNow(facts)).toMatchObject({ decision: "skip", looks: [] });
  });
});

describe("an incident whose fix nobody named", () => {
  const watched = (more: Partial<Facts> = {}) =>
    recovered({ phase: "needs-human", fix: { kind: "deployment", after: NOW - 2 * DAY_MS }, ...more });

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
  test.each<[DecisionKind, Facts]>([
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

  test("resolving in Sentry needs its own word, and a close", () => {
    const settings = { ...SETTINGS, allow: [...SETTINGS.allow, "resolve"] } as const;
    expect(decideNow(recovered()).resolve).toBe(false);
    expect(decideNow(recovered(), settings).resolve).toBe(true);
    expect(decideNow(recovered({ errors: counted(2, 0) }), settings).resolve).toBe(false);
  });
});

describe("a stored decision", () => {
  const anyFacts = fc.record({
    hours: fc.integer({ min: 1, max: 80 }),
    c: fc.integer({ min: 0, max: 60 }),
    alive: fc.constantFrom(true, false, null),
    health: fc.constantFrom("healthy", "unhealthy", "unknown", "off"),
    attemptsLeft: fc.integer({ min: 0, max: 3 }),
    sibling: fc.constantFrom(
      { state: "none" } as const,
      { state: "found", shortId: "SHOP-9" } as const,
      undefined,
    ),
  });
  const toFacts = (drawn: typeof anyFacts extends fc.Arbitrary<infer T> ? T : never): Facts =>
    recovered({
      attemptsLeft: drawn.attemptsLeft,
      deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - drawn.hours * HOUR_MS },
      health: { state: drawn.health as "healthy", detail: "told" },
      traffic: { state: "counted", source: "sessions", alive: drawn.alive },
      errors: counted(drawn.hours, drawn.c),
      ...(drawn.sibling ? { sibling: drawn.sibling } : {}),
    });

  test("is the same when it is made again from the stored numbers", () => {
    fc.assert(
      fc.property(anyFacts, (drawn) => {
        const decision = decideNow(toFacts(drawn));
        const again = replay(JSON.parse(JSON.stringify(decision.numbers)));
        expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
      }),
      { numRuns: 1000 },
    );
  });

  test("every wait for evidence names its end, and nothing closes without every question answered", () => {
    fc.assert(
      fc.property(anyFacts, (drawn) => {
        const { decision, eta, checks } = decideNow(toFacts(drawn));
        if (decision === "wait") expect(Date.parse(eta ?? "")).toBeGreaterThan(NOW);
        if (decision === "close") expect(checks.every(({ state }) => state !== "no")).toBe(true);
      }),
    );
  });
});
