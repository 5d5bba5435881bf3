import type { SensorSummary } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { LOST, lossesOnly, QUIET } from "../../testing/sensor.ts";
import { describeSensor } from "./words.ts";

const describeLimited = (reason: string) =>
  describeSensor({ state: "counted", summary: lossesOnly({ limited: LOST }), reasons: { limited: reason } });
const describeDiscarded = (reason: string) =>
  describeSensor({
    state: "counted",
    summary: lossesOnly({ discarded: LOST }),
    reasons: { discarded: reason },
  });
const describeSummary = (summary: SensorSummary) =>
  describeSensor({ state: "counted", summary, reasons: {} });

/** Outcome and reason, and a part of the remedy. */
const LIMITS = {
  "rate_limited:spike_protection": "Spike protection",
  "rate_limited:key_quota": "Client Keys",
  "rate_limited:org_abuse_limit": "Stats page",
  "invalid:too_large": "invalid",
  "client_discard:network_error": "network",
  "client_discard:ratelimit_backoff": "A limit is reached",
  "": "Stats page",
};
const FILTERS = {
  "client_discard:sample_rate": "sampleRate",
  "client_discard:before_send": "beforeSend",
  "filtered:error-message": "Inbound Filters",
  "": "Stats page",
};
const containing = (remedy: string): unknown => expect.stringContaining(remedy);

describe("a doubt of the sensor", () => {
  test("names how much Sentry dropped, before and since, and what helps", () => {
    expect(describeLimited("rate_limited:error_usage_exceeded")).toEqual({
      why: "Sentry dropped 80 % of this project's errors since the deploy, 1 % before",
      next: "The quota is spent: raise it, or wait for the next period.",
    });
  });

  test("names the limit, and what lifts it", () => {
    expect(Object.keys(LIMITS).map((reason) => describeLimited(reason).next)).toEqual(
      Object.values(LIMITS).map(containing),
    );
  });

  test("names what discards, and where it is set", () => {
    expect(Object.keys(FILTERS).map((reason) => describeDiscarded(reason).next)).toEqual(
      Object.values(FILTERS).map(containing),
    );
  });

  test("repeats no reason, which may come from anybody's SDK", () => {
    const said = describeDiscarded("client_discard:@ann [x](https://evil.example)");
    expect(Object.values(said).join()).not.toMatch(/ann|evil/);
  });

  test("names the other errors that have stopped", () => {
    expect(describeSummary({ own: 12, others: QUIET, losses: null })).toMatchObject({
      why: "the project's other errors have stopped as well, so perhaps none reach Sentry",
      more: expect.stringMatching(/in 0 five-minute buckets since the deploy, where about 72/),
      next: expect.stringContaining("Check Sentry's status"),
    });
  });

  test("names for how long none has arrived", () => {
    const late = { buckets: 36, E: 36, quiet: 0 };
    const others = { ...QUIET, c: 36, late };
    expect(describeSummary({ own: 12, others, losses: null }).why).toContain("has arrived for 3 h");
  });

  test("is named where it could not be read", () => {
    expect(describeSensor({ state: "unknown", detail: "HTTP 503" }).why).toContain("could not be read");
  });
});
