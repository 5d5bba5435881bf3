import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPacing } from "./pacing.ts";

/** A clock that only sleeping moves. */
function testTime() {
  let now = 0;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { now: () => now, sleep };
}

describe("pacing", () => {
  it("lets a burst pass at once", async () => {
    const time = testTime();
    const pacing = createPacing({ time });
    await pacing.take(20);
    expect(time.now()).toBe(0);
    await pacing.take(1);
    expect(time.now()).toBe(1_000);
  });

  it("never lets more pass than the burst and the rate allow", async () => {
    const costs = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(costs, async (taken) => {
        const time = testTime();
        const pacing = createPacing({ burst: 20, perMinute: 60, time });
        await Promise.all(taken.map((cost) => pacing.take(cost)));
        const total = taken.reduce((sum, cost) => sum + cost, 0);
        const slack = 0.001;
        expect(total).toBeLessThanOrEqual(20 + time.now() / 1_000 + slack);
      }),
    );
  });

  it("serves a request that is larger than the burst, and then waits for its debt", async () => {
    const time = testTime();
    const pacing = createPacing({ burst: 20, perMinute: 60, time });
    await pacing.take(50);
    expect(time.now()).toBe(0);
    await pacing.take(1);
    expect(time.now()).toBe(31_000);
  });
});
