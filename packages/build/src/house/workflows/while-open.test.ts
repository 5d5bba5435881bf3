import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../repository.ts";
import { readReadmeWorkflow } from "./readme-workflow.ts";

type Step = { readonly id?: string; readonly uses: string; readonly with?: object };
type JobText = { readonly steps: readonly Step[]; readonly permissions: object; readonly if?: string };
type WorkflowText = { readonly on: Record<string, unknown>; readonly jobs: Record<string, JobText> };

const readPart = (name: string): WorkflowText =>
  parse(readFileSync(join(REPOSITORY, "docs/examples/while-open", name), "utf8"));
const readme: WorkflowText = parse(readReadmeWorkflow());
const main = readPart("patchpilot.yml");
const tick = readPart("patchpilot-tick.yml");

/** The steps of a job without those of an action. */
const without = (job: JobText | undefined, action: string): Step[] =>
  (job?.steps ?? []).filter(({ uses }) => uses !== `patchpilot/${action}@v1`);

test("together the two hear what the README's workflow hears", () => {
  expect({ ...main.on, ...tick.on }).toEqual(readme.on);
  expect(main.on["schedule"]).toEqual([{ cron: "7 5,17 * * *" }]);
});

test("the incident and the tick do the same as in the README", () => {
  expect(without(main.jobs["incident"], "schedule")).toEqual(readme.jobs["incident"]?.steps);
  expect(main.jobs["incident"]?.if).toBe(readme.jobs["incident"]?.if);
  expect(tick.jobs["tick"]?.steps).toEqual(readme.jobs["tick"]?.steps);
});

test("the sweep does the same as a tick that nobody started by hand", () => {
  expect(without(main.jobs["sweep"], "schedule")).toEqual(without(readme.jobs["tick"], "doctor"));
});

test("every job but the switch has the rights that it has in the README, and none may cancel a run", () => {
  const { incident, sweep, switch: switching } = main.jobs;
  expect([incident?.permissions, sweep?.permissions, tick.jobs["tick"]?.permissions]).toEqual([
    readme.jobs["incident"]?.permissions,
    readme.jobs["tick"]?.permissions,
    readme.jobs["tick"]?.permissions,
  ]);
  expect(switching?.permissions).toEqual({ actions: "write", contents: "write" });
});

test("the switch runs one step, and only if a job found that it is due", () => {
  const { steps = [], if: condition } = main.jobs["switch"] ?? {};
  expect(steps.map(({ uses }) => uses)).toEqual(["patchpilot/schedule@v1"]);
  for (const name of ["incident", "sweep"]) expect(condition).toContain(`needs.${name}.outputs.switch`);
});
