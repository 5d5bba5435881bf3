import { HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { crashEvent, it, type startSentry } from "./simulated-sentry.ts";

/** Hourly crashes of so many releases, the first one loudest. */
function recordReleases({ simulator, clock }: ReturnType<typeof startSentry>, releases: number) {
  for (let release = 0; release < releases; release += 1) {
    const instants = Array.from({ length: 20 - release }, (_, index) => clock.now() - (10 + index) * MINUTE);
    simulator.recordEvent({ event: crashEvent("E", "f"), release: `shop@${release}`, instants });
  }
  const [issue] = simulator.issues();
  return { id: issue?.id ?? "", shortId: issue?.shortId ?? "", projectId: "42" };
}

describe("errors by release", () => {
  it("tell the loudest releases of an issue apart in one request, and keep the rest together", async ({
    world,
  }) => {
    const issue = recordReleases(world, 12);
    const end = new Date(world.clock.now());
    const found = await world.sentry.errorsByRelease(issue, { start: new Date(end.getTime() - HOUR), end });
    const sums = found.map(({ release, counts }) => [release, counts.reduce((sum, count) => sum + count, 0)]);
    expect(sums).toHaveLength(11);
    expect(sums[0]).toEqual(["shop@0", 20]);
    expect(sums.at(-1)).toEqual([undefined, 10 + 9]);
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("ask nothing of a time that Sentry has not taken in yet", async ({ world }) => {
    const issue = recordReleases(world, 1);
    const end = new Date(world.clock.now());
    expect(await world.sentry.errorsByRelease(issue, { start: end, end })).toEqual([]);
    expect(world.simulator.requests).toEqual([]);
  });
});
