import { VirtualClock } from "@patchpilot/simulators/clock";
import { expect, test } from "vitest";
import { VirtualTime } from "./virtual-time.ts";

/** Seconds that pass on the clock of the services. */
async function pass(wait: (time: VirtualTime) => Promise<unknown>): Promise<number> {
  const clock = new VirtualClock(0);
  await wait(new VirtualTime(clock));
  return clock.now() / 1_000;
}

test("two who wait at once take as long as one of them", async () => {
  expect(await pass((time) => Promise.all([time.sleep(60_000), time.sleep(60_000)]))).toBe(60);
});

test("who waits twice takes twice as long", async () => {
  expect(await pass((time) => time.sleep(60_000).then(() => time.sleep(60_000)))).toBe(120);
});
