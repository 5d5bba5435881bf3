import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { makeWorld, recordIn, said, scan } from "./testing/fake-ports.ts";
import { type Course, NOON, slowed } from "./testing/spans.ts";

describe("an operation that was not among those that were read before", () => {
  const risen = (factor: number, index = 0): Course => ({
    ...slowed(factor, 24, { transaction: `GET /risen/${index}` }),
    since: NOON - 24 * HOUR,
  });

  it("is found by its hours, and opened with what they say of before", async () => {
    const world = makeWorld({ courses: [risen(3)], truncated: true });
    const { outputs } = await scan(world);
    expect(outputs.bottlenecks).toMatchObject([{ transaction: "GET /risen/0", verdict: "regressed" }]);
    expect(recordIn(world).performance?.before?.p95).toBeCloseTo(200, -1);
    expect(recordIn(world).performance?.breakpoint).toBe(new Date(NOON - 24 * HOUR).toISOString());
  });

  it("is none where it is used more, and as fast as ever", async () => {
    const world = makeWorld({ courses: [risen(1)], truncated: true });
    expect((await scan(world)).outputs.bottlenecks).toEqual([]);
  });

  it("is not asked for where the table before was complete", async () => {
    const world = makeWorld({ courses: [risen(3)] });
    await scan(world);
    expect(world.asked).not.toContain("hours");
  });

  it("is counted where there are too many", async () => {
    const courses = Array.from({ length: 23 }, (_, index) => risen(1, index));
    const { lines } = await scan(makeWorld({ courses, truncated: true }));
    expect(said(lines)).toContain("3 more operations take much time now");
  });
});
