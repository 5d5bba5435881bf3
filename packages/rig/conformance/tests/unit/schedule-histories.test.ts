import { phaseLabel } from "@patchpilot/incident";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import { openWire, schedule } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "../../worlds/world.ts";

const TICK = ".github/workflows/patchpilot-tick.yml";
const TEXT = 'name: Tick\non:\n  schedule:\n    - cron: "17,47 * * * *"\n  workflow_dispatch:\njobs: {}\n';

/** A repository with the tick, and what its people know of it. */
function openHistory() {
  const world = createTestWorld({ keepHistory: true });
  world.world.as("maya").push({ branch: "main", message: "Add the tick", files: { [TICK]: TEXT } });
  return { world, open: [] as number[], runs: 0, isStopped: false, isUndone: false };
}
type History = ReturnType<typeof openHistory>;

const stateOf = ({ world }: TestWorld): string | undefined =>
  world.repository(SHOP).workflowStates.get(TICK)?.state;

/** The jobs of a run: one looks, and the other does what is due. `dies` is the request at which the second is killed. */
async function play(history: History, { event = "schedule", dies = -1 } = {}): Promise<void> {
  const { world } = history;
  history.runs += 1;
  const looked = await schedule(world, { runId: history.runs, eventName: event });
  const to = looked.outputs.switch;
  let asked = 0;
  const wire: typeof fetch = async (input, init) => {
    asked += 1;
    if (asked === dies) throw new Error("killed");
    const reply = await openWire(world)(input, init);
    if (asked === -dies - 1) throw new Error("killed");
    return reply;
  };
  if (to !== "")
    await schedule(world, { runId: history.runs, eventName: event, inputs: { to }, fetch: wire }).catch(
      () => 0,
    );
  if (history.isStopped && stateOf(world) === "active") history.isUndone = true;
}

const close = (history: History): void => {
  const issue = history.open.pop();
  if (issue === undefined) return;
  history.world.world.as("maya").label(issue, phaseLabel("recovered"));
  history.world.world.as("maya").closeIssue(issue);
};

const setState = ({ world }: History, state: "active" | "disabled_manually" | "disabled_inactivity"): void =>
  world.world.runner(SHOP).setWorkflowState(TICK, state);

/** What happens in a history, by name; `dies` is used by runs alone. */
const STEPS = {
  sweep: (history: History, dies: number) => play(history, { dies }),
  opens: async (history: History, dies: number) => {
    history.open.push(addIncident(history.world));
    await play(history, { event: "issues", dies });
  },
  "opens unheard": async (history: History) => void history.open.push(addIncident(history.world)),
  closes: async (history: History) => close(history),
  "someone disables it": async (history: History) => {
    if (stateOf(history.world) !== "active" && stateOf(history.world) !== undefined) return;
    setState(history, "disabled_manually");
    history.isStopped = true;
  },
  "someone enables it": async (history: History) => {
    setState(history, "active");
    history.isStopped = false;
  },
  "GitHub finds it inactive": async (history: History) => {
    if (stateOf(history.world) === "active") setState(history, "disabled_inactivity");
  },
} as const;

const step = fc.record({
  name: fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])),
  // A stop within a minute of a job that was killed while it switched off is not known from its own.
  waits: fc.integer({ min: 2 * MINUTE, max: 2 * DAY }),
  dies: fc.oneof(fc.constant(0), fc.integer({ min: -8, max: 8 })),
});

describe("after any history", () => {
  test("no stop of a person is undone, and after two sweeps the workflow is on where it is needed and nobody stopped it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const history = openHistory();
        for (const { name, waits, dies } of steps) {
          history.world.clock.advance(waits);
          await STEPS[name](history, dies);
        }
        for (const wait of [12 * HOUR, 12 * HOUR]) {
          history.world.clock.advance(wait);
          await play(history);
        }
        const isOn = [undefined, "active"].includes(stateOf(history.world));
        expect(history.isUndone).toBe(false);
        if (!history.isStopped && history.open.length > 0) expect(isOn).toBe(true);
        if (history.isStopped) expect(isOn).toBe(false);
      }),
      { numRuns: inject("histories") },
    );
  });

  test("a workflow is off eight days after the last incident closed", async () => {
    const history = openHistory();
    await STEPS.opens(history, 0);
    close(history);
    await play(history);
    expect(stateOf(history.world) ?? "active").toBe("active");
    history.world.clock.advance(8 * DAY);
    await play(history);
    expect(stateOf(history.world)).toBe("disabled_manually");
  });
});
