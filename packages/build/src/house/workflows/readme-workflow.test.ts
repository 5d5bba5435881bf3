import { join } from "node:path";
import { checkWorkflow, describeProblem } from "@patchpilot/workflow";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";
import { findUnpinned } from "./pinned-actions.ts";
import { readReadmeWorkflow } from "./readme-workflow.ts";

type Step = { uses: string };
type Job = {
  permissions: Record<string, string>;
  concurrency: object;
  "timeout-minutes": number;
  steps: Step[];
};

const text = readReadmeWorkflow();
const workflow = parse(text) as {
  permissions: object;
  concurrency?: object;
  jobs: Record<string, Job>;
};
const jobs = Object.entries(workflow.jobs);

const contractOf = ({ uses }: Step) => {
  const name = /^patchpilot\/([\w-]+)@v1$/.exec(uses)?.[1] ?? "";
  return loadContract(join(REPOSITORY, "actions", name));
};
test("the README's workflow is one that GitHub's parser accepts and the embedded runner runs", async () => {
  expect((await checkWorkflow(text, "patchpilot.yml")).map(describeProblem)).toEqual([]);
});

test("the README's workflow uses nothing that is not pinned", () => {
  expect(findUnpinned(text)).toEqual([]);
});

test("the README's workflow grants nothing by default, and lets runs without a job end at once", () => {
  expect(workflow.permissions).toEqual({});
  expect(workflow.concurrency).toBeUndefined();
});

test.each(jobs)("the README's job `%s` waits for its turn in the one queue of all jobs", (_, job) => {
  expect(job.concurrency).toEqual({ group: "patchpilot", "cancel-in-progress": false, queue: "max" });
});

test.each(jobs)(
  "the README's job `%s` has exactly the permissions that its actions always need",
  async (_, job) => {
    const contracts = await Promise.all(job.steps.map(contractOf));
    const always = contracts.flatMap(({ permissions }) =>
      permissions.filter(({ when }) => when === undefined),
    );
    const needed: Record<string, string> = {};
    for (const { scope, access } of always) if (needed[scope] !== "write") needed[scope] = access;
    expect(job.permissions).toEqual(needed);
  },
);
