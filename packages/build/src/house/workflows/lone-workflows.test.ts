import { join } from "node:path";
import { checkWorkflow, describeProblem, describeWorkflow } from "@patchpilot/workflow";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";
import { SEPARATION_RULES } from "./job-separation.ts";
import { findUnpinned } from "./pinned-actions.ts";
import { LONE_ACTIONS, loneWorkflowName, readLoneWorkflow } from "./readme-workflow.ts";

type Job = {
  permissions: Record<string, string>;
  "timeout-minutes": number;
  steps: { uses?: string }[];
};

describe.each(LONE_ACTIONS)("the workflow of %s alone", (action) => {
  const text = readLoneWorkflow(action);
  const workflow = parse(text) as { permissions: object; jobs: Record<string, Job> };
  const jobs = Object.values(workflow.jobs);
  const [own, ...others] = jobs.filter(({ steps }) =>
    steps.some(({ uses }) => uses === `patchpilot/${action}@v1`),
  );

  test("is one that GitHub's parser accepts and the embedded runner runs", async () => {
    expect((await checkWorkflow(text, loneWorkflowName(action))).map(describeProblem)).toEqual([]);
  });

  test("uses nothing that is not pinned, and no other action of ours", () => {
    expect(findUnpinned(text)).toEqual([]);
    expect(text.match(/patchpilot\/[\w-]+@/g)).toEqual([`patchpilot/${action}@`]);
  });

  test("grants nothing by default, and its one job exactly what the action always needs", async () => {
    const { permissions } = await loadContract(join(REPOSITORY, "actions", action));
    const always = permissions.filter(({ when }) => when === undefined);
    expect(workflow.permissions).toEqual({});
    expect(others).toEqual([]);
    expect(own?.permissions).toEqual(Object.fromEntries(always.map(({ scope, access }) => [scope, access])));
  });

  test("limits the time of every job", () => {
    for (const job of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });
});

/** Without a key nothing has to test a patch before it is proposed: its pull request says so. */
const NEEDS_VERIFY = ["publish waits for the result of verify", "every patch is tested"];
const apart = Object.entries(SEPARATION_RULES).filter(([name]) => !NEEDS_VERIFY.includes(name));

describe.each(["repair", "propose"] as const)("the jobs of %s alone", (action) => {
  test.each(apart)("keep to the rule that %s", async (_, rule) => {
    const text = readLoneWorkflow(action).replaceAll(
      "secrets.ANTHROPIC_API_KEY",
      "secrets.anthropic-api-key",
    );
    expect(rule(await describeWorkflow(text))).toEqual([]);
  });
});

test("a step that makes the patch in the job that proposes it would be found", async () => {
  const text = readLoneWorkflow("propose").replace(
    "      - uses: patchpilot/propose@v1",
    "      - run: sh scripts/update.sh\n      - uses: patchpilot/propose@v1",
  );
  expect(SEPARATION_RULES["no code runs beside write access"]?.(await describeWorkflow(text))).toEqual([
    "The job publish may write and runs a script.",
  ]);
});
