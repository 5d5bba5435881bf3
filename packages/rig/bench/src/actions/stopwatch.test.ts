import { expect, test } from "vitest";
import { createStopwatch } from "./stopwatch.ts";

/** A simulator whose answers come when they are told to. */
function slowSimulator() {
  const waiting: ((reply: Response) => void)[] = [];
  const fetch = () => new Promise<Response>((resolve) => waiting.push(resolve));
  const answer = async () => {
    waiting.shift()?.(new Response());
    await new Promise(setImmediate);
  };
  return { simulator: { requests: [], faults: undefined, fetch }, answer };
}

const request = new Request("http://localhost/");

test("time without a request does not count, and answers that overlap count once", async () => {
  let now = 0;
  const stopwatch = createStopwatch(() => now);
  const { simulator, answer } = slowSimulator();
  const timed = stopwatch.time(simulator);
  now = 100;
  void timed.fetch(request);
  now = 110;
  void timed.fetch(request);
  now = 130;
  await answer();
  now = 150;
  await answer();
  now = 1_000;
  expect(stopwatch.read()).toBe(50);
});

test("a reset begins at zero", async () => {
  let now = 0;
  const stopwatch = createStopwatch(() => now);
  const { simulator, answer } = slowSimulator();
  void stopwatch.time(simulator).fetch(request);
  now = 5;
  await answer();
  stopwatch.reset();
  expect(stopwatch.read()).toBe(0);
});
