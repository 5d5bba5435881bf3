import { HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { crashEvent, it, READ_ALL, startSentry } from "./simulated-sentry.ts";

type Started = ReturnType<typeof startSentry>;

/** Errors of two issues, 10 and 70 minutes ago. @returns the number of the first */
function recordTwo({ simulator, clock }: Started): string {
  const instants = [clock.now() - 70 * MINUTE, clock.now() - 10 * MINUTE];
  simulator.recordEvent({ event: crashEvent("First", "one"), instants });
  simulator.recordEvent({ event: crashEvent("Second", "two"), instants });
  return simulator.issues()[0]?.id ?? "";
}

const sinceHours = ({ clock }: Started, hours: number) => ({
  start: new Date(clock.now() - hours * HOUR),
  end: new Date(clock.now()),
});

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe("what became of errors", () => {
  it("is counted by outcome and reason in whole hours, in one request", async ({ world }) => {
    const from = world.clock.now() - HOUR;
    world.simulator.addLeak({ outcome: "rate_limited", reason: "error_usage_exceeded", from });
    recordTwo(world);
    const found = await world.sentry.errorOutcomes("42", sinceHours(world, 2));
    expect(found).toEqual({
      from: world.clock.now() - 2 * HOUR,
      groups: [
        { outcome: "accepted", reason: "none", counts: [2, 0] },
        { outcome: "rate_limited", reason: "error_usage_exceeded", counts: [0, 2] },
      ],
    });
    expect(world.simulator.requests).toHaveLength(1);
  });

  it("covers the hours that the window only touches", async ({ world }) => {
    world.clock.advance(30 * MINUTE);
    const { from, groups } = await world.sentry.errorOutcomes("42", sinceHours(world, 2));
    expect([new Date(from).toISOString(), groups]).toEqual(["2026-11-21T10:00:00.000Z", []]);
  });

  it("is refused by a Sentry that is too old for it", async () => {
    const world = startSentry({ gaps: ["stats"] });
    await expect(world.sentry.errorOutcomes("42", sinceHours(world, 2))).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  it("needs org:read", async () => {
    const tokens = { sntryu_reader: READ_ALL.filter((scope) => scope !== "org:read") };
    const world = startSentry({ tokens });
    await expect(world.sentry.errorOutcomes("42", sinceHours(world, 2))).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("org:read"),
    });
  });
});

describe("the other errors of a project", () => {
  const count = async (world: Started, without: readonly string[]) =>
    (await world.sentry.otherErrors("42", { ...sinceHours(world, 2), without })).counts;

  it("are all that no named issue explains, in five-minute buckets", async ({ world }) => {
    const first = recordTwo(world);
    const counts = await count(world, [first]);
    expect([counts.length, sum(counts)]).toEqual([23, 2]);
    expect(sum(await count(world, []))).toBe(4);
  });

  it("are reported where a named issue is not known any more", async ({ world }) => {
    const first = recordTwo(world);
    expect(sum(await count(world, [first, "999"]))).toBe(2);
  });

  it("are none where every issue is named", async ({ world }) => {
    recordTwo(world);
    const all = world.simulator.issues().map(({ id }) => id);
    expect(sum(await count(world, all))).toBe(0);
  });

  it("of another project or environment do not count", async ({ world }) => {
    recordTwo(world);
    const { counts } = await world.sentry.otherErrors("42", {
      ...sinceHours(world, 2),
      without: [],
      environment: "staging",
    });
    expect(sum(counts)).toBe(0);
  });

  it("ask nothing of a time that Sentry has not taken in yet", async ({ world }) => {
    const now = new Date(world.clock.now());
    const { counts } = await world.sentry.otherErrors("42", { start: now, end: now, without: [] });
    expect([counts, world.simulator.requests]).toEqual([[], []]);
  });
});
