import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { BUCKET, LOSSES } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { NOW } from "../../testing/world.ts";
import type { SensorHistory } from "../sources.ts";
import { countSensor } from "./count.ts";

/** The deploy, 20 minutes after the full hour. */
const ANCHOR = NOW - 6 * HOUR + 20 * MINUTE;
const FROM = NOW - 6 * HOUR - WEEK;
const HOURS = WEEK / HOUR + 7;

type Groups = NonNullable<SensorHistory["outcomes"]>["groups"];

/** Counts of one outcome in each hour. */
const group = (outcome: string, reason: string | null, count: (hour: number) => number): Groups[number] => ({
  outcome,
  reason,
  counts: Array.from({ length: HOURS }, (_, hour) => count(hour)),
});

function count(history: Partial<SensorHistory>) {
  const traffic = { source: "clock" } as const;
  const sensor = countSensor({
    anchor: ANCHOR,
    history: { others: null, outcomes: null, ...history },
    traffic,
    now: NOW,
  });
  if (sensor.state !== "counted") throw new Error(sensor.detail);
  return sensor;
}

const countGroups = (...groups: Groups) => count({ outcomes: { from: FROM, groups } });

/** The hour in which the deploy was. */
const DEPLOYED = WEEK / HOUR;

describe("what became of errors", () => {
  test("is cut at the deploy, whose hour belongs to neither side", () => {
    const lost = group("rate_limited", "error_usage_exceeded", (hour) => (hour === DEPLOYED ? 1_000 : 1));
    const { summary } = countGroups(lost);
    expect(summary.losses?.limited).toMatchObject({ lost0: 167, lost: 6 });
  });

  test.each([
    ["limited", "rate_limited", "error_usage_exceeded"],
    ["limited", "abuse", null],
    ["limited", "cardinality_limited", null],
    ["limited", "invalid", "too_large"],
    ["limited", "client_discard", "ratelimit_backoff"],
    ["limited", "client_discard", "network_error"],
    ["discarded", "filtered", "web-crawlers"],
    ["discarded", "client_discard", "sample_rate"],
    ["discarded", "client_discard", "before_send"],
    ["discarded", "client_discard", "a reason of next year"],
  ] as const)("is %s where it is %s for %s", (loss, outcome, reason) => {
    const { summary } = countGroups(
      group(outcome, reason, () => 1),
      group("accepted", null, () => 2),
    );
    const lost = LOSSES.map((name) => summary.losses?.[name].lost);
    expect(lost).toEqual(LOSSES.map((name) => (name === loss ? 6 : 0)));
    expect(summary.losses?.[loss].sent).toBe(18);
  });

  test("is no loss where it is accepted, or is of an outcome of next year", () => {
    const { summary } = countGroups(
      group("accepted", "none", () => 5),
      group("postponed", null, () => 5),
    );
    expect([summary.losses?.limited.lost, summary.losses?.discarded.lost]).toEqual([0, 0]);
  });

  test("names Sentry's own reason before that of SDKs, which hold back because of it", () => {
    const { reasons } = countGroups(
      group("client_discard", "ratelimit_backoff", () => 50),
      group("rate_limited", "error_usage_exceeded", () => 1),
    );
    expect(reasons).toEqual(["rate_limited:error_usage_exceeded", null]);
  });

  test("names no reason of before the deploy", () => {
    const { reasons } = countGroups(
      group("filtered", "web-crawlers", (hour) => (hour < DEPLOYED ? 9 : 0)),
      group("filtered", "error-message", (hour) => (hour < DEPLOYED ? 0 : 1)),
    );
    expect(reasons).toEqual([null, "filtered:error-message"]);
  });
});

describe("other errors", () => {
  test("are counted up to where Sentry knows them", () => {
    const known = (NOW - HOUR - FROM) / BUCKET;
    const { summary } = count({ others: { from: FROM, counts: new Array<number>(known).fill(1) } });
    expect(summary.others).toMatchObject({ c: 56, E: 56, late: { buckets: 0 } });
  });

  test("that Sentry does not tell about are null", () => {
    expect(count({}).summary).toEqual({ others: null, losses: null });
  });
});
