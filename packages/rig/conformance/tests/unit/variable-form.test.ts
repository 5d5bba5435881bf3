import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { monthActions } from "../../worlds/month/month-actions.ts";
import { createTestWorld, SHOP } from "../../worlds/world.ts";

type Part = { readonly on: object; readonly jobs: { readonly tick: { readonly if: string } } };

const HALF_HOURLY = "17,47 * * * *";
const SWEEP = "7 5,17 * * *";

/** The README's workflow with what the page of `schedule` says to add for a variable. */
function addCondition(): string {
  const page = new URL("../../../../../actions/schedule/README.md", import.meta.url);
  const [, block = ""] = /## A variable instead.*?```yaml\n(.*?)```/s.exec(readFileSync(page, "utf8")) ?? [];
  const added: Part = parse(block);
  const whole = parse(readReadmeWorkflow());
  return stringify({
    ...whole,
    on: { ...whole.on, ...added.on },
    jobs: { ...whole.jobs, tick: { ...whole.jobs.tick, ...added.jobs.tick } },
  });
}

/** How the tick ends that a cron line, or a run by hand, starts while the variable has a value; "": there is none. */
async function startTick(open: string, schedule?: string): Promise<string | undefined> {
  const test = createTestWorld();
  const path = ".github/workflows/patchpilot.yml";
  const runner = await openSimulatedActions({
    github: test.world,
    api: "https://api.github.com",
    repository: SHOP,
    workflows: { [path]: addCondition() },
    findOwn: async () => ({ actions: monthActions(test, []), calledWorkflows: {} }),
    vars: open === "" ? {} : { PATCHPILOT_OPEN: open },
  });
  const [run] = await runner.dispatch(
    schedule === undefined
      ? { event: "workflow_dispatch", workflow: "patchpilot.yml", actor: "maya" }
      : { event: "schedule", schedule, actor: "maya" },
  );
  await runner.close();
  return run?.jobs.find(({ key }) => key === "tick")?.conclusion;
}

test.each([
  ["0", HALF_HOURLY, "skipped"],
  ["0", SWEEP, "success"],
  ["0", undefined, "success"],
  ["1", HALF_HOURLY, "success"],
  ["", HALF_HOURLY, "success"],
])("with `%s` in the variable, the tick of `%s` is %s", async (open, schedule, conclusion) => {
  expect(await startTick(open, schedule)).toBe(conclusion);
});
