import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operationKey, type SlownessFacts, scoreSlowness, scoreSlownessConfidence } from "./performance.ts";

const operation = { project: "shop", op: "db", transaction: "GET /cart", description: "SELECT 1" };
const facts: SlownessFacts = {
  verdict: "regressed",
  source: "spans",
  op: "http.server",
  change: 2.1,
  overThreshold: 0.6,
  perHour: 300,
  sentryAgrees: false,
  hasBreakpoint: true,
  hasRelease: true,
  hasSuspect: true,
};

describe("the key of a slow operation", () => {
  it.each([
    ["environment", operationKey("acme", "staging", operation)],
    ["organization", operationKey("other", "production", operation)],
    ["project", operationKey("acme", "production", { ...operation, project: "admin" })],
    ["operation", operationKey("acme", "production", { ...operation, op: "http.server" })],
    ["transaction", operationKey("acme", "production", { ...operation, transaction: "GET /" })],
    ["description", operationKey("acme", "production", { ...operation, description: "SELECT 2" })],
  ])("is another one in another %s", (_, other) => {
    expect(other).not.toBe(operationKey("acme", "production", operation));
  });

  it("is the same whether or not the description repeats the transaction", () => {
    const named = { ...operation, description: "GET /cart" };
    const plain = { ...operation, description: "" };
    expect(operationKey("acme", "production", named)).toBe(operationKey("acme", "production", plain));
  });

  it("holds nothing of what strangers wrote", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (transaction, description) => {
        const key = operationKey("acme", "production", { ...operation, transaction, description });
        expect(key).toMatch(/^span:acme\/[0-9a-f]{32}$/);
      }),
    );
  });

  it("does not mistake one division of the texts for another", () => {
    const one = { ...operation, transaction: "a", description: "b c" };
    const other = { ...operation, transaction: "a b", description: "c" };
    expect(operationKey("acme", "production", one)).not.toBe(operationKey("acme", "production", other));
  });
});

describe("the severity of a slow operation", () => {
  it.each([
    ["a regression of a sixth under the threshold that nobody waits for", { op: "db", change: 1.16 }, "low"],
    ["twice the time for a request", {}, "medium"],
    ["twice the time, far over the threshold", { overThreshold: 4 }, "high"],
    ["ten times the time, far over the threshold", { change: 10, overThreshold: 12 }, "critical"],
    [
      "a slow query that always was",
      { op: "db", verdict: "slow", change: null, overThreshold: 1.4 },
      "medium",
    ],
  ] as const)("of %s", (_, given, severity) => {
    expect(scoreSlowness({ ...facts, ...given }).value).toBe(severity);
  });

  it("never falls when the change grows", () => {
    const rank = ["low", "medium", "high", "critical"];
    fc.assert(
      fc.property(fc.double({ min: 1, max: 50, noNaN: true }), (change) => {
        const at = (given: number) => rank.indexOf(scoreSlowness({ ...facts, change: given }).value);
        expect(at(change * 2)).toBeGreaterThanOrEqual(at(change));
      }),
    );
  });
});

describe("the confidence in a slow operation", () => {
  it("passes the default gate of dispatch for a regression that came with a release", () => {
    expect(scoreSlownessConfidence(facts).value).toBeGreaterThanOrEqual(0.75);
  });

  it("never passes it for what was never faster", () => {
    expect(scoreSlownessConfidence({ ...facts, verdict: "slow", sentryAgrees: true }).value).toBeLessThan(
      0.75,
    );
  });

  it("does not pass it on the word of Sentry's detector alone", () => {
    const alone = { ...facts, source: "sentry", hasRelease: false, hasSuspect: false } as const;
    expect(scoreSlownessConfidence(alone).value).toBeLessThan(0.75);
  });
});
