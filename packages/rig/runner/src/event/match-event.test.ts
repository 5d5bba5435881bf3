import { readWorkflow } from "@patchpilot/workflow";
import { describe, expect, it } from "vitest";
import { type EventFacts, listensTo } from "./match-event.ts";

async function listens(on: string, facts: Partial<EventFacts> & { event: string }): Promise<boolean> {
  const { workflow } = await readWorkflow(
    "x.yml",
    `on: ${on}\njobs: {a: {runs-on: x, steps: [{run: echo}]}}`,
  );
  if (workflow === undefined) throw new Error("The workflow of the test is wrong.");
  return listensTo(workflow, { action: undefined, payload: {}, schedule: undefined, ...facts });
}

const pull = (action: string) => ({
  event: "pull_request",
  action,
  payload: { pull_request: { base: { ref: "main" } } },
});
const ended = {
  event: "workflow_run",
  action: "completed",
  payload: { workflow_run: { name: "CI", head_branch: "release/1" } },
};

describe("listensTo", () => {
  it.each([
    ["issues", { event: "issues", action: "labeled" }, true],
    ["{issues: {types: [opened]}}", { event: "issues", action: "labeled" }, false],
    ["[issues, schedule]", { event: "issue_comment", action: "created" }, false],
    ["{repository_dispatch: {types: [go]}}", { event: "repository_dispatch", action: "go" }, true],
    ["{repository_dispatch: {types: [go]}}", { event: "repository_dispatch", action: "stop" }, false],
    ["{schedule: [{cron: '0 5 * * *'}]}", { event: "schedule", schedule: "0 5 * * *" }, true],
    ["{schedule: [{cron: '0 5 * * *'}]}", { event: "schedule", schedule: "0 6 * * *" }, false],
    ["deployment_status", { event: "deployment_status", action: "created" }, true],
    ["pull_request", pull("opened"), true],
    ["pull_request", pull("closed"), false],
    ["{pull_request: {branches: ['release/**']}}", pull("opened"), false],
    ["{workflow_run: {workflows: [CI]}}", ended, true],
    ["{workflow_run: {workflows: [Other]}}", ended, false],
    ["{workflow_run: {workflows: [CI], branches-ignore: ['release/*']}}", ended, false],
  ])("for `on: %s`, answers %j with %s", async (on, facts, answer) => {
    expect(await listens(on, facts)).toBe(answer);
  });
});
