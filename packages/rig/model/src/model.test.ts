import { describe, expect, test } from "vitest";
import { CONFIGS } from "./configs.ts";
import type { Config } from "./decide/config.ts";
import { CONTROL_NAMES, MODEL_CONTROLS } from "./promises/controls.ts";
import { playControl } from "./promises/play-control.ts";
import { search } from "./search/search.ts";

/** Seconds are enough; a busy machine may need more. */
const PATIENCE = 120_000;

test("the smallest world holds to its end", { timeout: PATIENCE }, () => {
  const tiny = CONFIGS.find(({ name }) => name === "tiny") as Config;
  const { isComplete, breach, states } = search(tiny, { isFairPlayed: true });
  expect({ isComplete, breach, states }).toEqual({ isComplete: true, breach: undefined, states: 4603 });
});

describe("a safeguard that is taken away is missed", () => {
  test.each(CONTROL_NAMES)("%s", { timeout: PATIENCE }, (name) => {
    const played = playControl(name);
    expect(played.without.breach?.invariant).toBe(MODEL_CONTROLS[name].breaks);
    expect(played.with).toMatchObject({ isComplete: true });
    expect(played.with.breach).toBeUndefined();
  });
});

test("an order that is on its way for longer than its lease arrives after the outcome of what it continues", {
  timeout: PATIENCE,
}, () => {
  const { breach } = playControl("orders-prompt").without;
  expect(breach?.trace.slice(-2)).toEqual([
    "dispatch 2 closes the gate of attempt 2 as merged",
    "dispatch 1 sends attempt 2",
  ]);
});
