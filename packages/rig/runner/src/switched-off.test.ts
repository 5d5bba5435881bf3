import { afterEach, describe, expect, it } from "vitest";
import type { WorkflowRunner } from "./runner.ts";
import { OPENED, runnerFor } from "./testing/run-for-test.ts";

const JOBS = "jobs: {only: {runs-on: x, steps: [{run: echo}]}}";
const HEARS_ALL = `
name: main
on: {issues: , workflow_dispatch: , schedule: [{cron: "5 * * * *"}]}
${JOBS}
`;
const AFTERWARDS = `
on: {workflow_run: {workflows: [main], types: [completed]}, schedule: [{cron: "7 * * * *"}]}
${JOBS}
`;
const BY_HAND = { event: "workflow_dispatch", workflow: "main.yml", actor: "maya" };

let open: WorkflowRunner | undefined;
afterEach(async () => open?.close());

/** A runner of two workflows, and the files of those that are switched off: a set to change. */
async function openRunner(...files: string[]) {
  const off = new Set(files);
  open = await runnerFor("", {
    workflows: { "main.yml": HEARS_ALL, "afterwards.yml": AFTERWARDS },
    isOff: (file) => off.has(file),
  });
  return { runner: open, off };
}

const filesOf = (runner: WorkflowRunner): string[] => runner.runs.map(({ workflow }) => workflow.file);

describe("a workflow that is off", () => {
  it("does not hear events", async () => {
    const { runner } = await openRunner("main.yml");
    expect(await runner.start(OPENED)).toEqual([]);
  });

  it("does not hear its schedule", async () => {
    const { runner } = await openRunner("main.yml");
    const event = { event: "schedule", schedule: "5 * * * *", actor: "maya" };
    expect(await runner.start(event)).toEqual([]);
  });

  it("does not hear that runs end", async () => {
    const { runner } = await openRunner("afterwards.yml");
    await runner.start(OPENED);
    await runner.idle();
    expect(filesOf(runner)).toEqual(["main.yml"]);
  });

  it("refuses a workflow_dispatch as GitHub does", async () => {
    const { runner } = await openRunner("main.yml");
    await expect(runner.start(BY_HAND)).rejects.toThrow(
      "Cannot trigger a 'workflow_dispatch' on a disabled workflow",
    );
  });

  it("lists no schedules, while those of others are listed", async () => {
    const { runner } = await openRunner("main.yml");
    expect(runner.schedules).toEqual([{ file: "afterwards.yml", cron: "7 * * * *" }]);
  });

  it("goes on with a run that started before", async () => {
    const { runner, off } = await openRunner();
    const [started] = await runner.start(OPENED);
    off.add("main.yml");
    expect((await started?.done)?.conclusion).toBe("success");
  });

  it("runs an earlier run again", async () => {
    const { runner, off } = await openRunner("afterwards.yml");
    const [run] = await runner.dispatch(OPENED);
    off.add("main.yml");
    expect(await runner.rerun(run?.id ?? 0)).toMatchObject({ attempt: 2, conclusion: "success" });
  });

  it("hears again once it is on", async () => {
    const { runner, off } = await openRunner("main.yml", "afterwards.yml");
    off.delete("main.yml");
    await runner.dispatch(BY_HAND);
    expect(filesOf(runner)).toEqual(["main.yml"]);
  });
});
