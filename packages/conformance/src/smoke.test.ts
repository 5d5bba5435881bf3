import { expect, test } from "vitest";
import { addIncident, claim, createTestWorld, dispatch } from "./world.ts";

test("an accepted incident is dispatched once, and one worker passes its gate", async () => {
  const world = createTestWorld();
  const events: unknown[] = [];
  world.world.onEvent((event) => events.push(event));
  const issue = addIncident(world);
  const first = await dispatch(world, { runId: 1, inputs: { issues: String(issue) } });
  expect(first.failure).toBeUndefined();
  expect(first.outputs.dispatched).toHaveLength(1);
  const sent = events.find((event) => (event as { event: string }).event === "repository_dispatch") as {
    payload: Record<string, unknown>;
  };
  const passed = await claim(world, { runId: 77, event: sent.payload });
  expect(passed.outputs.proceed).toBe(true);
  const late = await claim(world, { runId: 78, event: sent.payload });
  expect(late.outputs.proceed).toBe(false);
  const before = world.simulator.requests.length;
  const again = await dispatch(world, { runId: 2 });
  expect(again.outputs.skipped.map(({ reason }) => reason)).toEqual(["in-flight"]);
  console.log(world.simulator.requests.slice(0, before).map((r) => r.operation));
  console.log(world.simulator.requests.slice(before).map((r) => r.operation));
  expect(world.simulator.violations).toEqual([]);
});
