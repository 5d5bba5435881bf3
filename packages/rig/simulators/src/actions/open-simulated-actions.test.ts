import { createGitHubWorld, VirtualClock } from "@patchpilot/simulators";
import { afterEach, expect, test } from "vitest";
import { openSimulatedActions } from "./open-simulated-actions.ts";

const REPOSITORY = "acme/shop";
const PATH = ".github/workflows/check.yml";
const CHECK = `
name: check
run-name: "check \${{ inputs.what }}"
on:
  issues:
  workflow_dispatch:
    inputs: {what: {type: string}}
jobs:
  only: {runs-on: x, steps: [{run: exit 1}]}
`;

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function open() {
  const clock = new VirtualClock("2026-03-02T18:00:00Z");
  const repositories = [{ owner: "acme", name: "shop", files: { [PATH]: CHECK } }];
  const github = createGitHubWorld({ clock, repositories });
  github.setRole("maya", "write");
  const runner = await openSimulatedActions({
    github,
    api: "http://127.0.0.1:9",
    repository: REPOSITORY,
    workflows: { [PATH]: CHECK },
  });
  close = () => runner.close();
  return { github, runner, listed: () => github.repository(REPOSITORY).runs.list() };
}

test("a re-run is the next attempt of the run that GitHub lists", async () => {
  const { github, runner, listed } = await open();
  github.as("maya").openIssue({ title: "It broke" });
  await runner.idle();
  const [first] = listed();
  await runner.rerun(first?.id ?? 0, { failedOnly: true });
  expect(listed()).toMatchObject([
    { id: first?.id, runAttempt: 2, createdAt: first?.createdAt, conclusion: "failure" },
  ]);
  const jobs = github.repository(REPOSITORY).jobs.list();
  expect(jobs.map(({ runAttempt, conclusion }) => [runAttempt, conclusion])).toEqual([
    [1, "failure"],
    [2, "failure"],
  ]);
});

test("a workflow_dispatch runs under the id that GitHub answered with", async () => {
  const { github, runner, listed } = await open();
  github.as("maya").openIssue({ title: "It broke" });
  const id = github.as("maya").dispatchWorkflow("check.yml", { what: "it" });
  await runner.idle();
  expect(runner.runs.map((run) => run.id)).toContain(id);
  expect(listed()).toHaveLength(2);
  expect(listed().find((run) => run.id === id)).toMatchObject({
    displayTitle: "check it",
    status: "completed",
    conclusion: "failure",
  });
});

test("a workflow that GitHub switched off hears nothing until it is on again", async () => {
  const { github, runner, listed } = await open();
  github.runner().setWorkflowState(PATH, "disabled_inactivity");
  github.as("maya").openIssue({ title: "It broke" });
  await runner.idle();
  expect(listed()).toEqual([]);
  github.runner().setWorkflowState(PATH, "active");
  github.as("maya").openIssue({ title: "It broke again" });
  await runner.idle();
  expect(listed()).toHaveLength(1);
});
