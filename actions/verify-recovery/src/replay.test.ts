import { HOUR_MS } from "@patchpilot/verdict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, replay } from "./decide.ts";
import type { Facts } from "./facts.ts";
import { counted, recovered } from "./testing/facts.ts";
import { LIVE, NOW, SETTINGS } from "./testing/world.ts";

const decideNow = (facts: Facts) => decide(facts, NOW, SETTINGS);

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
