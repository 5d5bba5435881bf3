import type { SensorSummary } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { LOST, lossesOnly, QUIET } from "../../testing/sensor.ts";
import { describeSensor } from "./words.ts";

const describeLimited = (reason: string | null) =>
  describeSensor({ state: "counted", summary: lossesOnly({ limited: LOST }), reasons: [reason, null] });
const describeDiscarded = (reason: string | null) =>
  describeSensor({ state: "counted", summary: lossesOnly({ discarded: LOST }), reasons: [null, reason] });
const describeSummary = (summary: SensorSummary) =>
  describeSensor({ state: "counted", summary, reasons: [] });

describe("a doubt of the sensor", () => {
  test("names how much Sentry dropped, before and since, and what helps", () => {
    expect(describeLimited("rate_limited:error_usage_exceeded")).toBe(
      "Sentry dropped 80 % of this project's errors since the deploy, 1 % before: the quota is spent, so raise it or wait for the next period",
    );
  });

  test.each([
    ["rate_limited:spike_protection", "spike protection"],
    ["rate_limited:key_quota", "Client Keys"],
    ["rate_limited:org_abuse_limit", "Stats page"],
    ["invalid:too_large", "invalid"],
    ["client_discard:network_error", "network"],
    ["client_discard:ratelimit_backoff", "a limit is reached"],
    [null, "Stats page"],
  ])("limited for %s names %s", (reason, remedy) => {
    expect(describeLimited(reason)).toContain(remedy);
  });

  test.each([
    ["client_discard:sample_rate", "sampleRate"],
    ["client_discard:before_send", "beforeSend"],
    ["filtered:error-message", "Inbound Filters"],
    [null, "Stats page"],
  ])("discarded for %s names %s", (reason, remedy) => {
    expect(describeDiscarded(reason)).toContain(remedy);
  });

  test("repeats no reason, which may come from anybody's SDK", () => {
    expect(describeDiscarded("client_discard:@ann [x](https://evil.example)")).not.toMatch(/ann|evil/);
  });

  test("names the other errors that have stopped", () => {
    expect(describeSummary({ others: QUIET, losses: null })).toContain(
      "other errors have stopped as well (none since the deploy, and 72 to be expected)",
    );
  });

  test("names for how long none has arrived", () => {
    const late = { buckets: 36, E: 36, quiet: 0 };
    const others = { ...QUIET, c: 36, late };
    expect(describeSummary({ others, losses: null })).toContain("has arrived for 3 h");
  });

  test("is named where it could not be read", () => {
    expect(describeSensor({ state: "unknown", detail: "HTTP 503" })).toContain("could not be read");
  });
});
