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

const neutral = { op: "db", change: null, overThreshold: 1, perHour: null } as const;
const scoreOf = (given: Partial<SlownessFacts>) => scoreSlowness({ ...facts, ...neutral, ...given });

describe("a slow operation", () => {
  it.each<[string, string, Partial<SlownessFacts>]>([
    ["with less than 1.5 times the time before", "low", { change: 1.49 }],
    ["with 1.5 times the time", "medium", { change: 1.5 }],
    ["with less than twice the time", "medium", { change: 1.99, overThreshold: 3 }],
    ["with twice the time", "high", { change: 2, overThreshold: 3 }],
    ["with less than 3 times the time", "high", { change: 2.99, overThreshold: 10 }],
    ["with 3 times the time", "critical", { change: 3, overThreshold: 10 }],
    ["at the threshold", "low", { overThreshold: 1 }],
    ["over the threshold", "medium", { overThreshold: 1.1 }],
    ["under 3 times the threshold", "medium", { change: 2, overThreshold: 2.9 }],
    ["under 10 times the threshold", "high", { change: 3, overThreshold: 9.9 }],
    ["that runs less than 1,000 times an hour", "low", { perHour: 999 }],
    ["that runs 1,000 times an hour", "medium", { perHour: 1000 }],
    ["that runs 10 times an hour", "medium", { change: 1.5, perHour: 10 }],
    ["that runs less than 10 times an hour", "low", { change: 1.5, perHour: 9 }],
  ])("%s is of %s severity", (_, severity, given) => {
    expect(scoreOf(given).value).toBe(severity);
  });

  it.each<[Partial<SlownessFacts>, string]>([
    [{}, "it is only a little slower, and under the threshold"],
    [{ change: 1.14 }, "it is only a little slower, and under the threshold"],
    [{ change: 1.15 }, "its p95 is 1.1 times that of before"],
    [{ change: 9.9 }, "its p95 is 9.9 times that of before"],
    [{ change: 10 }, "its p95 is 10 times that of before"],
    [{ overThreshold: 2.5 }, "its p95 is 2.5 times the threshold"],
    [{ perHour: 10 }, "it is only a little slower, and under the threshold"],
    [{ perHour: 9 }, "it runs less than 10 times an hour"],
    [{ perHour: 2000.4 }, "it runs about 2000 times an hour"],
    [{ op: "pageload" }, "someone waits for it"],
  ])("with %j is explained: %s", (given, reason) => {
    expect(scoreOf(given).reasons).toEqual([reason]);
  });

  it.each([
    ["rpc.server", true],
    ["grpc.server", true],
    ["app.start.cold", true],
    ["ui.load", true],
    ["db.navigation", false],
    ["http.client", false],
  ])("of the kind %s has someone who waits for it: %s", (op, waits) => {
    expect(scoreOf({ op }).value).toBe(waits ? "medium" : "low");
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

  const bare = { sentryAgrees: false, hasBreakpoint: false, hasRelease: false, hasSuspect: false } as const;
  const [spans, regressed] = [
    "its spans were measured in the environment that counts",
    "it is slower than in the same hours before, beyond chance",
  ];

  it.each<[Partial<SlownessFacts>, number, string[]]>([
    [{}, 0.65, [spans, regressed]],
    [{ source: "sentry" }, 0.55, ["only Sentry's own detector measured it", regressed]],
    [{ source: "sentry", sentryAgrees: true }, 0.55, ["only Sentry's own detector measured it", regressed]],
    [
      { verdict: "slow" },
      0.55,
      [spans, "it is over the threshold, and nothing shows that it was faster before"],
    ],
    [{ sentryAgrees: true }, 0.7, [spans, regressed, "Sentry's own detector agrees"]],
    [{ hasBreakpoint: true }, 0.75, [spans, regressed, "it is clear when it began"]],
    [{ hasRelease: true }, 0.75, [spans, regressed, "a release came with it"]],
    [{ hasSuspect: true }, 0.75, [spans, regressed, "a file of this repository is suspect"]],
  ])("of %j is %f", (given, value, reasons) => {
    expect(scoreSlownessConfidence({ ...facts, ...bare, ...given })).toEqual({ value, reasons });
  });
});
