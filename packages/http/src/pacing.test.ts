import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPacing, type PacedWrite, unpaced } from "./pacing.ts";

/** A clock that only sleeping moves. */
function testTime() {
  let now = 1_000_000;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { now: () => now, sleep };
}

/** What is written at the same clock, kept for all who share it. */
function testLog() {
  const writes: PacedWrite[] = [];
  return { writes, log: { read: () => writes, add: (write: PacedWrite) => void writes.push(write) } };
}

const MINUTE = 60_000;

describe("pacing", () => {
  it("lets as much pass at once as a minute may hold, and the rest when the minute is over", async () => {
    const time = testTime();
    const begun = time.now();
    const pacing = createPacing({ time });
    for (let batch = 0; batch < 7; batch += 1) await pacing.take(10);
    expect(time.now() - begun).toBe(0);
    await pacing.take(1);
    expect(time.now() - begun).toBe(MINUTE);
  });

  it("counts what an earlier step of the job has written", async () => {
    const time = testTime();
    const begun = time.now();
    const { log } = testLog();
    await createPacing({ time, log }).take(65);
    await createPacing({ time, log }).take(5);
    expect(time.now() - begun).toBe(0);
    await createPacing({ time, log }).take(1);
    expect(time.now() - begun).toBe(MINUTE);
  });

  it("never lets more pass in any minute than 70", async () => {
    const costs = fc.array(fc.integer({ min: 1, max: 160 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(costs, async (taken) => {
        const time = testTime();
        const { log, writes } = testLog();
        const pacing = createPacing({ time, log });
        // Eighths are exact, and 30 of them stay within what an hour may hold.
        await Promise.all(taken.map((cost) => pacing.take(cost / 16)));
        for (const { at } of writes) {
          const within = writes.filter((other) => other.at >= at && other.at < at + MINUTE);
          expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(70);
        }
      }),
    );
  });

  it("serves a request that is larger than the limit when nothing else was written", async () => {
    const time = testTime();
    const begun = time.now();
    const pacing = createPacing({ time });
    await pacing.take(1);
    await pacing.take(90);
    expect(time.now() - begun).toBe(MINUTE);
  });

  it("leaves to the next run what an hour does not hold", async () => {
    const time = testTime();
    const { log } = testLog();
    log.add({ at: time.now() - 10 * MINUTE, cost: 445 });
    const pacing = createPacing({ time, log });
    await pacing.take(5);
    await expect(pacing.take(1)).rejects.toMatchObject({ kind: "budget" });
    await expect(pacing.take(1)).rejects.toMatchObject({ kind: "budget" });
  });

  it("believes no write of the future, and forgets one of two hours ago", async () => {
    const time = testTime();
    const begun = time.now();
    const { log } = testLog();
    log.add({ at: begun + 10 * MINUTE, cost: 500 });
    log.add({ at: begun - 120 * MINUTE, cost: 500 });
    await createPacing({ time, log }).take(10);
    expect(time.now() - begun).toBe(0);
  });

  it("waits for the oldest write, in whatever order the log has them", async () => {
    const time = testTime();
    const begun = time.now();
    const { log } = testLog();
    log.add({ at: begun - 10_000, cost: 40 });
    log.add({ at: begun - 50_000, cost: 30 });
    await createPacing({ time, log }).take(5);
    expect(time.now() - begun).toBe(10_000);
  });

  it.each([
    [180_000, undefined],
    [
      180_001,
      "GitHub was not asked: this job has written as much as GitHub allows an account in an hour (a write).",
    ],
  ])("of a write that may go in %i ms ends with %j", async (wait, happened) => {
    const time = testTime();
    const { log } = testLog();
    log.add({ at: time.now() - 60 * MINUTE + wait, cost: 450 });
    const ended = await createPacing({ time, log })
      .take(1)
      .catch((failure) => failure);
    expect(ended?.happened).toBe(happened);
  });

  it("lets pass what costs nothing, even where no room is left", async () => {
    const time = testTime();
    const { log, writes } = testLog();
    log.add({ at: time.now() - 10 * MINUTE, cost: 500 });
    await createPacing({ time, log }).take(0);
    expect(writes.length).toBe(1);
  });

  it("is none where every write goes at once", async () => {
    await expect(unpaced.take(1_000)).resolves.toBeUndefined();
  });
});
