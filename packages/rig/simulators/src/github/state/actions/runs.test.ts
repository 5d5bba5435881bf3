import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";
import { GITHUB_ACTIONS_BOT } from "../accounts/identity.ts";

const RUNS = "GET /repos/acme/shop/actions/runs";
const REQUEST = {
  workflowPath: ".github/workflows/repair.yml",
  event: "repository_dispatch",
  actor: GITHUB_ACTIONS_BOT,
};

test("a run is found by its event, its time and its title", async () => {
  const { world, clock, rest, token } = openGitHub();
  world.runner().startRun({ ...REQUEST, displayTitle: "patchpilot pp-1-1-a1" });
  clock.advance(60_000);
  const { id } = world.runner().startRun({ ...REQUEST, displayTitle: "patchpilot pp-1-2-a1" });
  world.runner().startRun({ ...REQUEST, event: "schedule" });
  const reply = await rest(token(), `${RUNS}?event=repository_dispatch&created=>=2026-11-02T09:01:00Z`);
  expect(reply.body).toMatchObject({
    total_count: 1,
    workflow_runs: [
      { id, display_title: "patchpilot pp-1-2-a1", name: "repair", run_attempt: 1, status: "queued" },
    ],
  });
});

test("a new attempt starts a run again under its id, and keeps the first attempt's jobs apart", async () => {
  const { world, rest, token } = openGitHub();
  const runner = world.runner();
  const { id } = runner.startRun(REQUEST);
  runner.setJob({ runId: id, name: "gate", status: "completed", conclusion: "success" });
  runner.updateRun(id, { status: "completed", conclusion: "failure" });
  runner.updateRun(id, { runAttempt: 2 });
  runner.setJob({ runId: id, name: "work", status: "in_progress", conclusion: null });
  const run = await rest(token(), `${RUNS}/${id}`);
  expect(run.body).toMatchObject({ run_attempt: 2, status: "queued", conclusion: null });
  const jobs = await rest(token(), `${RUNS}/${id}/jobs`);
  expect(jobs.body.jobs.map((job: { name: string }) => job.name)).toEqual(["work"]);
  const all = await rest(token(), `${RUNS}/${id}/jobs?filter=all`);
  expect(all.body.total_count).toBe(2);
});

test("a cancelled run has ended, and cannot be cancelled again", async () => {
  const { world, rest, token } = openGitHub();
  const { id } = world.runner().startRun(REQUEST);
  const cancel = `POST /repos/acme/shop/actions/runs/${id}/cancel`;
  expect((await rest(token(), cancel)).status).toBe(202);
  expect((await rest(token(), cancel)).status).toBe(409);
  expect((await rest(token(), `${RUNS}/${id}`)).body.conclusion).toBe("cancelled");
});

test("a disabled workflow cannot be dispatched", async () => {
  const { world, rest, token } = openGitHub();
  world.runner().setWorkflowEnabled(".github/workflows/repair.yml", false);
  const reply = await rest(token(), "POST /repos/acme/shop/actions/workflows/repair.yml/dispatches", {
    ref: "main",
  });
  expect(reply.body.message).toContain("disabled workflow");
});
