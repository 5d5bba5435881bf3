import { DAY, HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { NOW } from "../../testing/world.ts";
import type { ExposureHistory } from "../sources.ts";
import { isSparse, judgeTraffic } from "./count.ts";

const anchor = NOW - 10 * HOUR;
const from = NOW - 15 * DAY;

/** Exposure of one release in each bucket before the deploy and after it. */
const exposure = (before: number, after: number): ExposureHistory => {
  const counts = Array.from({ length: (NOW - from) / BUCKET }, (_, i) =>
    from + i * BUCKET < anchor ? before : after,
  );
  return { from, releases: [{ release: "shop@1", counts }], other: [], sampleRates: [], byRelease: true };
};

test.each([
  ["is alive while an old release is still used", 1, true],
  ["is not alive when it has stopped", 0, false],
])("traffic %s", (_, after, alive) => {
  const traffic = { source: "sessions", exposure: exposure(10, after) } as const;
  expect(judgeTraffic(traffic, anchor, NOW)).toMatchObject({ alive });
});

test("traffic is not known to the clock", () => {
  expect(judgeTraffic({ source: "clock" }, anchor, NOW)).toMatchObject({ alive: null });
});

test.each([
  ["one request an hour is stored of a hundred", 100 / 12, 0.01, true],
  ["three are stored", 300 / 12, 0.01, false],
  ["one comes an hour and is stored", 1 / 12, 1, false],
  ["the share is not known", 100 / 12, null, false],
])("traffic is sparse if %s: %d in five minutes at %d", (_, count, rate, sparse) => {
  const sampled = exposure(count, count);
  const sampleRates = (sampled.releases[0]?.counts ?? []).map(() => rate);
  expect(isSparse({ ...sampled, sampleRates })).toBe(sparse);
});
