import { HOUR } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion, replay } from "../../decide.ts";
import type { VerifyFacts } from "../../facts.ts";
import { fastAgain, gatherIn, measured, slowCase, slowWorld } from "../../testing/slow.ts";
import { LIVE, NOW, SETTINGS, someFacts, type World } from "../../testing/world.ts";
import { describeDecision } from "../../words-decision.ts";

const decideNow = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);

async function decideIn(world: World) {
  const [gathered] = await gatherIn(world);
  if (gathered === undefined) throw new Error("nothing was gathered");
  return { ...decideNow(gathered.facts), calls: gathered.calls };
}

describe("the questions on a slow operation", () => {
  test("come in the order of those on an error; its own requests are its traffic", () => {
    const { deployment, health } = fastAgain() as Required<VerifyFacts>;
    const slow = someFacts({ kind: "performance" });
    const steps: VerifyFacts[] = [
      slow,
      { ...slow, deployment },
      { ...slow, deployment, health },
      fastAgain(),
    ];
    expect(steps.map((facts) => openQuestion(facts, NOW, SETTINGS))).toEqual([
      "deployment",
      "health",
      "latency",
      undefined,
    ]);
  });

  test("are five, and none is on errors", () => {
    expect(decideNow(fastAgain()).checks.map(({ name }) => name)).toEqual([
      "fix",
      "deployment",
      "health",
      "traffic",
      "latency",
    ]);
  });

  test("cost nothing in Sentry where the fix is not live", async () => {
    const waiting = { source: "vercel" as const, history: [], waiting: [] };
    let asked = 0;
    const readOperations = () => {
      asked++;
      return Promise.resolve(new Map());
    };
    await decideIn(slowWorld(12, undefined, { production: waiting, ports: { readOperations } }));
    expect(asked).toBe(0);
  });
});

describe("a slow operation whose fix is live", () => {
  test.each([
    ["fast for 12 hours", 12, undefined, "close", "recovered"],
    ["slow for 12 hours", 12, { p95: 500, above: 22 }, "retry", "failing"],
    ["less slow", 12, { p95: 330, above: 13 }, "wait", "improved"],
    ["seen for half an hour", 0.5, undefined, "wait", "waiting"],
    ["still half slow after two days", 49, { p95: 300, above: 10 }, "escalate", "inconclusive"],
  ] as const)("%s", async (_, hours, since, decision, verdict) => {
    expect(await decideIn(slowWorld(hours, since))).toMatchObject({ decision, verdict });
  });

  test("waits with a time at which it can be decided", async () => {
    const { eta } = await decideIn(slowWorld(2));
    expect(Date.parse(eta ?? "")).toBeGreaterThan(NOW);
    expect(Date.parse(eta ?? "")).toBeLessThan(NOW + 12 * HOUR);
  });

  test("waits while nobody uses it", async () => {
    const silent = await decideIn(slowWorld(12, { samples: 0, p95: null, above: 0 }));
    expect(silent).toMatchObject({ decision: "wait", verdict: "waiting" });
    expect(silent.checks.map(({ state }) => state)).toEqual(["yes", "yes", "skipped", "no", "skipped"]);
  });

  test("says what it measured", async () => {
    const text = describeDecision(await decideIn(slowWorld(12)));
    expect(text).toContain(
      "went live on 19 November, 00:00 UTC; 200 ms before it became slow. It is looked at again after 24 h and 7 days.",
    );
    expect(text).toContain("| Is it fast again? | yes |");
  });

  test("says that no full hour has been counted, not that there was no request", async () => {
    expect((await decideIn(slowWorld(0.5))).reason).toBe(
      "No full hour has been counted in the 30 min since fix #40 went live on 19 November, 11:30 UTC. Too early to say. Answer expected by 19 November, 16:00 UTC.",
    );
  });
});

describe("what is not known", () => {
  const { operation: _, ...nameless } = slowCase();

  test.each([
    ["an operation that is not named exactly", { cases: [nameless] }, "does not name its operation exactly"],
    ["Sentry without a token", { ports: {} }, "set sentry-token"],
    ["an answer without it", { ports: { readOperations: () => Promise.resolve(new Map()) } }, "did not tell"],
  ] as const)("%s waits, and says why", async (_, more, why) => {
    const found = await decideIn(slowWorld(12, undefined, more as never));
    expect(found.decision).toBe("wait");
    expect(found.reason).toContain(why);
  });

  test.each([
    ["a part of the data", { partial: true }],
    ["numbers that Sentry is not sure of", { unsure: true }],
  ])("%s closes nothing", async (_, doubt) => {
    const doubtful = slowWorld(12);
    const read = doubtful.ports.readOperations;
    const ports = {
      readOperations: async (...args: Parameters<NonNullable<typeof read>>) =>
        new Map([...((await read?.(...args)) ?? [])].map(([issue, each]) => [issue, { ...each, ...doubt }])),
    };
    expect((await decideIn({ ...doubtful, ports })).decision).toBe("wait");
  });

  test.each(["unhealthy", "unknown"] as const)("an app whose health is %s is not closed", (state) => {
    expect(decideNow(fastAgain({ health: { state, detail: "told" } })).decision).toBe("wait");
  });
});

test("a stored decision on a slow operation is the same when it is made again, byte for byte", () => {
  const anyMeasured = fc.record({
    samples: fc.integer({ min: 0, max: 5000 }),
    slow: fc.option(fc.integer({ min: 0, max: 900 })),
    expected: fc.double({ min: 0, max: 500, noNaN: true }),
    excess: fc.double({ min: 0, max: 20, noNaN: true }),
    p95: fc.option(fc.double({ min: 1, max: 900, noNaN: true })),
    phi: fc.double({ min: 1, max: 30, noNaN: true }),
    hours: fc.double({ min: 0.1, max: 80, noNaN: true }),
    eta: fc.option(fc.double({ min: 0, max: 200, noNaN: true })),
  });
  fc.assert(
    fc.property(anyMeasured, fc.constantFrom(true, false, null), (summary, alive) => {
      const since = NOW - summary.hours * HOUR;
      const decision = decideNow(
        fastAgain({
          deployment: { state: "live", source: "vercel", sha: LIVE, since },
          traffic: { state: "counted", source: "spans", alive },
          latency: measured(summary),
        }),
      );
      const again = replay(JSON.parse(JSON.stringify(decision.numbers)));
      expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
      if (decision.decision === "wait") expect(Date.parse(decision.eta ?? "")).toBeGreaterThan(NOW);
    }),
    { numRuns: 1000 },
  );
});
