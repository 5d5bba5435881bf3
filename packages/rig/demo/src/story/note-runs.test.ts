import type { RunnerEvent } from "@patchpilot/runner";
import { expect, test } from "vitest";
import { noteRun } from "./note-runs.ts";
import { createTimeline } from "./timeline.ts";

/** A step of an action that has just ended, with the parts that are read. */
function stepOf(action: string, outputs: Readonly<Record<string, string>>): RunnerEvent {
  const name = `Run patchpilot/${action}@v1`;
  const step = { name, status: "completed", conclusion: "success", outputs };
  return { kind: "step", run: { workflow: { name: "PatchPilot" } }, job: { key: "tick" }, step } as never;
}

function noteAll(...events: readonly RunnerEvent[]): string[] {
  const timeline = createTimeline(
    () => 0,
    () => undefined,
  );
  for (const event of events) noteRun(event, timeline);
  return timeline.entries.map(({ event }) => event);
}

test("what a step says again is no news", () => {
  const counted = stepOf("impact", { impact: '[{"summary":"Orders fell by a third."}]' });
  expect(noteAll(counted, counted)).toEqual(["counts: Orders fell by a third."]);
});

test("every attempt passes its gate", () => {
  const passed = stepOf("gate", { proceed: "true", issue: "1" });
  expect(noteAll(passed, passed)).toHaveLength(2);
});

test("a second dispatch of an attempt says why it is needed", () => {
  const sent = stepOf("dispatch", { dispatched: '[{"issue":1,"attempt":1}]' });
  expect(noteAll(sent, sent)).toEqual([
    "hands #1 to a repair worker, attempt 1",
    "hands #1 to a repair worker, attempt 1, again: no run has started",
  ]);
});
