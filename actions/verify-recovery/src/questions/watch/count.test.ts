import { HOUR } from "@patchpilot/time";
import { decideWatch } from "@patchpilot/verdict";
import { expect, test } from "vitest";
import { OLD_RATE } from "../../testing/watched.ts";
import { history, NOW, steadyTraffic } from "../../testing/world.ts";
import { countSince } from "./count.ts";

/** Closed 30 hours ago, five hours after the deploy; since then an error every so many minutes. */
function count(minutes: number, sampleRate: number) {
  const exposure = steadyTraffic();
  const { length } = exposure.releases[0]?.counts ?? [];
  const changed = length - (30 * HOUR) / 300_000;
  const sampleRates = Array.from({ length }, (_, bucket) => (bucket < changed ? 1 : sampleRate));
  return countSince({
    closedAt: NOW - 30 * HOUR,
    anchor: NOW - 35 * HOUR,
    before: OLD_RATE,
    history: history(30, minutes),
    traffic: { source: "spans", exposure: { ...exposure, sampleRates } },
    placements: new Map(),
    now: NOW,
  });
}

test("traffic that is sampled as before is what errors are counted against", () => {
  const fact = count(30, 1);
  expect(fact).toMatchObject({ sameSampling: true, fixed: { E: 30 * 120 - 10 } });
  expect(fact).not.toHaveProperty("byClock");
});

test("with another sampling rate, time is what they are counted against, and a return is found all the same", () => {
  const fact = count(30, 0.1);
  expect(fact).toMatchObject({ sameSampling: false, byClock: true, fixed: { E: 30 * 12 - 1 } });
  expect(fact.state === "counted" && decideWatch(fact.fixed)).toBe("back");
});
