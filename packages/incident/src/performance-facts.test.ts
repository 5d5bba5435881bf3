import { describe, expect, it } from "vitest";
import { performanceFacts } from "./performance.ts";
import { minutesAfter } from "./testing/incidents.ts";
import { putAt } from "./testing/put-at.ts";

const window = { from: minutesAfter(0), to: minutesAfter(60) };
const operation = { project: "shop", op: "db", transaction: "GET /cart", description: "SELECT 1" };
const least = {
  verdict: "slow",
  source: "spans",
  operation,
  window,
  threshold: 500,
  now: { p95: 900 },
};
const whole = {
  ...least,
  verdict: "regressed",
  source: "sentry",
  query: "span.op:db",
  baseline: window,
  aboveMs: 400,
  now: { p50: 1, p75: 2, p95: 3, p99: 4, samples: 5 },
  before: { p95: 1 },
  breakpoint: minutesAfter(30),
  release: "2.0",
  previousRelease: "1.0",
  sentryIssue: "SHOP-2T",
  latest: { at: minutesAfter(90), verdict: "fast", p95: 100, samples: 40 },
};

describe("what is known of a slow operation", () => {
  it.each([
    ["least", least],
    ["whole", whole],
  ])("is read as it was written where it is %s", (_, facts) => {
    expect(performanceFacts.parse(facts)).toEqual(facts);
  });

  it.each<[string, unknown]>([
    ["verdict", "fast"],
    ["verdict", ""],
    ["source", "logs"],
    ["source", ""],
    ["operation", undefined],
    ["operation.op", 1],
    ["operation.description", undefined],
    ["window", undefined],
    ["window.from", 0],
    ["baseline.to", undefined],
    ["threshold", "500"],
    ["now.p95", undefined],
    ["now.p50", "1"],
    ["now.samples", null],
    ["before.p95", "1"],
    ["latest.at", undefined],
    ["latest.p95", "100"],
  ])("is none with %s: %j", (path, value) => {
    expect(performanceFacts.safeParse(putAt(whole, path, value)).success).toBe(false);
  });
});
