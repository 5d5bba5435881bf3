import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkWorkflow, describeProblem } from "@patchpilot/workflow";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";

type Workflow = {
  on: object;
  permissions: object;
  jobs: { task: { permissions: Record<string, string>; concurrency: object; steps: { with: object }[] } };
};

const text = readFileSync(join(REPOSITORY, "actions/repair/templates/patchpilot-task.yml"), "utf8");
const workflow = parse(text) as Workflow;
const { task } = workflow.jobs;

describe("the workflow that takes a task", () => {
  test("is one that GitHub's parser accepts and the embedded runner runs", async () => {
    expect((await checkWorkflow(text, "patchpilot-task.yml")).map(describeProblem)).toEqual([]);
  });

  test("is started by hand alone, for that is what vouches for the task", () => {
    expect(Object.keys(workflow.on)).toEqual(["workflow_dispatch"]);
  });

  test("grants what intake and dispatch need for it, and nothing by default", async () => {
    const contracts = await Promise.all(
      ["intake", "dispatch"].map((name) => loadContract(join(REPOSITORY, "actions", name))),
    );
    const needed = contracts
      .flatMap(({ permissions }) => permissions)
      .filter(({ when }) => when === undefined || when.includes("source: task"));
    const granted = Object.fromEntries(
      needed.toSorted(readFirst).map(({ scope, access }) => [scope, access]),
    );
    expect(task.permissions).toEqual(granted);
    expect(workflow.permissions).toEqual({});
  });

  test("waits its turn among the runs that write records", () => {
    expect(task.concurrency).toEqual({ group: "patchpilot", "cancel-in-progress": false, queue: "max" });
  });

  test("hands the words over as an input, never as a part of a script", () => {
    expect(text).not.toMatch(/^ *(- )?run:/m);
    expect(task.steps[0]?.with).toMatchObject({ source: "task", task: "${{ inputs.task }}" });
  });
});

/** Where one action reads and another writes, the job's token must write. */
const readFirst = (a: { access: string }, b: { access: string }): number => a.access.localeCompare(b.access);
