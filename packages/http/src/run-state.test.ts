import { expect, test } from "vitest";
import { type HttpBudget, RunState } from "./run-state.ts";
import { makeFailure } from "./testing/failures.ts";

/** A run, and the clock that measures it. */
function begin(budget: HttpBudget = {}) {
  const clock = { now: 0 };
  const sleep = () => Promise.reject(new Error("Nothing sleeps."));
  return { clock, state: new RunState("Acme", budget, { now: () => clock.now, sleep }) };
}

test("a run whose time is used up names its budget", () => {
  const { clock, state } = begin({ ms: 1_500 });
  state.admit("GET /v1", true);
  clock.now = 1_499;
  state.admit("GET /v1", true);
  clock.now = 1_500;
  expect(() => state.admit("GET /v1", true)).toThrow(
    "Acme was not asked: this run's budget of 1.5 seconds is used up (GET /v1).",
  );
});

test("a run whose requests are used up names its budget", () => {
  const { state } = begin({ requests: 2 });
  const admit = () => state.admit("GET /v1", true);
  state.count = 1;
  expect(admit).not.toThrow();
  state.count = 2;
  expect(admit).toThrow("Acme was not asked: this run's budget of 2 requests is used up (GET /v1).");
});

test("five failures in a row are a failure of the server, and an answer between them ends the row", () => {
  const { state } = begin();
  for (let count = 0; count < 4; count += 1) state.noteFailure();
  state.noteAnswer(null);
  for (let count = 0; count < 4; count += 1) state.noteFailure();
  state.admit("GET /v1", true);
  state.noteFailure();
  expect(() => state.admit("GET /v1", true)).toThrow(expect.objectContaining({ kind: "server" }));
});

test("a refusal that lasts is repeated for another request, with its status and its end", () => {
  const { state } = begin();
  const retryAt = new Date("2026-11-30T12:00:00Z");
  state.stopEverything(makeFailure("rate-limited", { status: 429, retryAt }));
  expect(() => state.admit("GET /v2", true)).toThrow(
    expect.objectContaining({
      ...{ kind: "rate-limited", status: 429, retryAt },
      happened: "Acme was not asked: it had refused before (GET /v2).",
    }),
  );
});

test("a refusal of writes lets reads pass", () => {
  const { state } = begin();
  state.stopWrites(makeFailure("rate-limited"));
  state.admit("GET /v1", true);
  expect(() => state.admit("POST /v1", false)).toThrow("it had refused before");
});

test.each([
  [["Mon, 30 Nov 2026 12:00:01 GMT", "Mon, 30 Nov 2026 12:00:05 GMT"], "2026-11-30T12:00:05.000Z"],
  [["Mon, 30 Nov 2026 12:00:05 GMT", "Mon, 30 Nov 2026 12:00:01 GMT"], "2026-11-30T12:00:05.000Z"],
  [["Mon, 30 Nov 2026 12:00:05 GMT", "soon", null], "2026-11-30T12:00:05.000Z"],
  [["soon", null], undefined],
])("after answers of %j the provider's clock is %s", (dates, newest) => {
  const { state } = begin();
  for (const date of dates) state.noteAnswer(date);
  expect(state.serverTime?.toISOString()).toBe(newest);
});
