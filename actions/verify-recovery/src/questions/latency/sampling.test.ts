import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { NOW } from "../../testing/world.ts";
import { isResampled } from "./sampling.ts";

const ANCHOR = NOW - 12 * HOUR;
const FROM = ANCHOR - 72 * HOUR;

/** Three days before a deploy and twelve hours since, with the share that is stored in each hour. */
function changed(rateAt: (hour: number) => number | null, samplesAt: (hour: number) => number = () => 50) {
  const hours = Array.from({ length: 84 }, (_, hour) => hour - 72);
  return isResampled({
    buckets: hours.map((hour) => ({
      at: ANCHOR + hour * HOUR,
      samples: samplesAt(hour),
      p95: null,
      above: null,
    })),
    sampleRates: hours.map(rateAt),
    anchor: ANCHOR,
    begin: ANCHOR,
  });
}

describe("the share of requests that is stored has changed", () => {
  test.each([
    ["a fifth as many", (hour: number) => (hour < 0 ? 0.5 : 0.1)],
    ["all of them", (hour: number) => (hour < 0 ? 0.2 : 1)],
    [
      "a fifth as many as on any day, though days differ",
      (hour: number) => (hour < -24 ? 1 : hour < 0 ? 0.6 : 0.12),
    ],
  ])("with the deploy: %s", (_, rateAt) => {
    expect(changed(rateAt)).toBe(true);
  });

  test.each<[string, Parameters<typeof changed>]>([
    ["it is the same", [() => 0.5]],
    ["Sentry does not say", [() => null]],
    ["Sentry did not say before", [(hour) => (hour < 0 ? null : 0.1)]],
    ["it differs as much between days before", [(hour) => (hour < -24 ? 0.1 : 1)]],
    ["only hours without requests differ", [(hour) => (hour < 6 ? 1 : 0.1), (hour) => (hour < 6 ? 50 : 0)]],
  ])("not where %s", (_, given) => {
    expect(changed(...given)).toBe(false);
  });

  test("not where it has never been stored otherwise", () => {
    expect(isResampled({ buckets: [], anchor: ANCHOR, begin: FROM })).toBe(false);
  });
});
