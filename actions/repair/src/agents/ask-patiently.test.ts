import { expect, test } from "vitest";
import type { Clock } from "../process/clock.ts";
import { askPatiently, askUntilAnswered } from "./ask-patiently.ts";

/** A clock on which every wait is over at once. */
function hurriedClock(): Clock & { readonly waits: number[] } {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    after: (milliseconds, act) => {
      waits.push(milliseconds);
      now += milliseconds;
      queueMicrotask(act);
      return () => {};
    },
  };
}

type Answer = readonly [status: number, body?: string, headers?: Record<string, string>];

/** Asks a model that gives these answers, the last one for ever. */
async function askOne(answers: readonly Answer[]) {
  const clock = hurriedClock();
  const heard: unknown[] = [];
  let asked = 0;
  const ask = async () => {
    const [status, body = "", headers = {}] = answers[Math.min(asked++, answers.length - 1)] ?? [500];
    return new Response(body, { status, headers });
  };
  const patience = { clock, onWait: (waited: unknown) => heard.push(waited) };
  const reply = await askPatiently(ask, new AbortController().signal, patience);
  return { status: reply.status, text: await reply.text(), asked, waits: clock.waits, heard };
}

test("an overloaded model is asked again until it answers", async () => {
  const { status, text, waits, heard } = await askOne([[529], [529], [529], [200, "hello"]]);
  expect([status, text, waits]).toEqual([200, "hello", [5_000, 10_000, 20_000]]);
  expect(heard).toEqual([{ status: 529, milliseconds: 35_000 }]);
});

test("a limit is waited for as long as it says", async () => {
  const { status, waits } = await askOne([
    [429, "slow down", { "retry-after": "90" }],
    [429, "slow down", { "retry-after-ms": "1500" }],
    [200],
  ]);
  expect([status, waits]).toEqual([200, [90_000, 1_500]]);
});

test.each<[string, Answer]>([
  ["an account that is spent", [429, '{"error":{"code":"insufficient_quota"}}']],
  ["a limit that lasts an hour", [429, "later", { "retry-after": "3600" }]],
  ["an answer that no time mends", [401, "no such key"]],
])("%s is passed on at once", async (_, answer) => {
  const { status, text, asked, heard } = await askOne([answer]);
  expect([status, text, asked, heard]).toEqual([answer[0], answer[1], 1, []]);
});

test("what lasts longer than agents wait is passed on, and heard", async () => {
  const { status, text, waits, heard } = await askOne([[529, "overloaded"]]);
  const waited = waits.reduce((sum, wait) => sum + wait, 0);
  expect([status, text, waited <= 240_000, heard.length]).toEqual([529, "overloaded", true, 1]);
});

test("nobody is waited for who has left", async () => {
  const gone = new AbortController();
  const clock: Clock = { now: () => 0, after: () => () => {} };
  const asking = askPatiently(async () => new Response("", { status: 529 }), gone.signal, {
    clock,
    onWait: () => {},
  });
  gone.abort(new Error("left"));
  await expect(asking).rejects.toThrow("left");
});

test("an outage that was waited for in vain is not waited for again before an answer", async () => {
  const clock = hurriedClock();
  const ask = askUntilAnswered({ clock, onWait: () => {} });
  const askFor = async (status: number): Promise<number> => {
    const before = clock.now();
    await ask(async () => new Response("", { status }), new AbortController().signal);
    return clock.now() - before;
  };
  const waited = [await askFor(529), await askFor(529), await askFor(200), await askFor(529)];
  expect(waited.map((milliseconds) => milliseconds > 0)).toEqual([true, false, false, true]);
});
