import { afterEach, describe, expect, it } from "vitest";
import type { BuiltInAction } from "./action/built-in-action.ts";
import type { RunnerEvent, RunRecord } from "./run/records.ts";
import type { WorkflowRunner } from "./runner.ts";
import type { RunnerOptions } from "./runner-options.ts";
import { jobOf, manualDelay, OPENED, printed, runnerFor } from "./testing/run-for-test.ts";

let open: WorkflowRunner | undefined;
afterEach(async () => open?.close());

async function runnerOf(workflow: string, options: Partial<RunnerOptions> = {}): Promise<WorkflowRunner> {
  open = await runnerFor(workflow, options);
  return open;
}

/** An action that holds its job until the test lets it go. */
function gate(): { action: BuiltInAction; entered: () => Promise<void>; letGo: () => void } {
  let arrive = Promise.withResolvers<void>();
  const holders: (() => void)[] = [];
  return {
    action: {
      inputs: {},
      run: ({ signal }) =>
        new Promise((resolve, reject) => {
          holders.push(resolve);
          signal.addEventListener("abort", () => reject(new Error("stopped")));
          arrive.resolve();
        }),
    },
    entered: async () => {
      await arrive.promise;
      arrive = Promise.withResolvers();
    },
    letGo: () => holders.shift()?.(),
  };
}

/** A runner whose workflow uses the gate as `acme/gate`. */
async function openGated(workflow: string, options: Partial<RunnerOptions> = {}) {
  const { action, ...hands } = gate();
  const runner = await runnerOf(workflow, { actions: { "acme/gate": action }, ...options });
  return { runner, ...hands };
}

/** Starts a workflow, holds it at the gate, and lets so much time pass. */
async function runOutOfTime(workflow: string, milliseconds: number): Promise<RunRecord> {
  const timer = manualDelay();
  const { runner, entered } = await openGated(workflow, { delay: timer.delay });
  const [started] = await runner.start(OPENED);
  await entered();
  timer.fire(milliseconds);
  return (await started?.done) as RunRecord;
}

const grouped = (concurrency: string): string => `
on: issues
concurrency: ${concurrency}
jobs: {only: {runs-on: x, steps: [{uses: acme/gate@v1}]}}
`;

function conclusions(runner: WorkflowRunner): (string | undefined)[] {
  return runner.runs.map((run) => run.conclusion ?? run.status);
}

describe("concurrency of runs", () => {
  it("keeps one running and the newest one pending", async () => {
    const { runner, entered, letGo } = await openGated(grouped("same"));
    const first = await runner.start(OPENED);
    await entered();
    const second = await runner.start(OPENED);
    await runner.start(OPENED);
    await second[0]?.done;
    expect(conclusions(runner)).toEqual(["in_progress", "cancelled", "pending"]);
    letGo();
    await first[0]?.done;
    await entered();
    letGo();
    await runner.idle();
    expect(conclusions(runner)).toEqual(["success", "cancelled", "success"]);
  });

  it("runs all of them, one after the other, with `queue: max`", async () => {
    const { action, entered, letGo } = gate();
    const order: number[] = [];
    const runner = await runnerOf(grouped("{group: g, queue: max}"), {
      actions: { "acme/gate": action },
      onEvent: (event) =>
        event.kind === "run" && event.run.status === "in_progress" && order.push(event.run.id),
    });
    for (let started = 0; started < 3; started += 1) await runner.start(OPENED);
    for (const running of [
      ["in_progress", "pending", "pending"],
      ["success", "in_progress", "pending"],
      ["success", "success", "in_progress"],
    ]) {
      await entered();
      expect(conclusions(runner)).toEqual(running);
      letGo();
    }
    await runner.idle();
    expect([conclusions(runner), order]).toEqual([
      ["success", "success", "success"],
      [1, 2, 3],
    ]);
  });

  it("stops the one in progress with `cancel-in-progress`", async () => {
    const { runner, entered, letGo } = await openGated(grouped("{group: g, cancel-in-progress: true}"));
    await runner.start(OPENED);
    await entered();
    await runner.start(OPENED);
    await entered();
    letGo();
    letGo();
    await runner.idle();
    expect(conclusions(runner)).toEqual(["cancelled", "success"]);
  });

  it("serialises jobs of several workflows by their own groups", async () => {
    const { action, entered, letGo } = gate();
    const workflow =
      "on: issues\njobs: {only: {concurrency: {group: G, queue: max}, runs-on: x, steps: [{uses: acme/gate@v1}]}}";
    const runner = await runnerOf("", {
      workflows: { "a.yml": workflow, "b.yml": workflow.replace("group: G", "group: g") },
      actions: { "acme/gate": action },
    });
    await runner.start(OPENED);
    await entered();
    expect(runner.runs.map((run) => jobOf(run).status).toSorted()).toEqual(["in_progress", "pending"]);
    letGo();
    await entered();
    letGo();
    await runner.idle();
    expect(conclusions(runner)).toEqual(["success", "success"]);
  });

  it("cancels a job that waits for the group which its own run holds", async () => {
    const runner = await runnerOf(
      "on: issues\nconcurrency: g\njobs: {only: {concurrency: G, runs-on: x, steps: [{run: echo}]}}",
    );
    const [run] = await runner.dispatch(OPENED);
    expect(jobOf(run as RunRecord)).toMatchObject({
      conclusion: "cancelled",
      annotations: [{ message: expect.stringContaining("deadlock") }],
    });
  });

  it("fails the run, with the reason, where its group cannot be evaluated", async () => {
    const runner = await runnerOf(
      "on: issues\nconcurrency: \"${{ fromJSON('{') }}\"\njobs: {only: {runs-on: x, steps: [{run: echo}]}}",
    );
    const [run] = await runner.dispatch(OPENED);
    expect(run).toMatchObject({
      conclusion: "failure",
      startupError: expect.stringContaining("fromJSON"),
      jobs: [],
    });
  });
});

/** Waits for a line of a log, then acts once. */
function onLine(line: string, act: () => void): (event: RunnerEvent) => void {
  return (event) => {
    if (event.kind === "log" && event.line === line) act();
  };
}

const LOOP = `exec node -e 'process.on("SIGINT", () => { console.log("interrupted"); process.exit(0) }); setInterval(() => {}, 1000); console.log("ready")'`;

describe("cancellation", () => {
  it("interrupts the process, skips plain steps and still runs always() and cancelled() ones", async () => {
    const runner: WorkflowRunner = await runnerOf(
      `
on: issues
jobs:
  only:
    runs-on: x
    steps:
      - run: ${LOOP}
      - {run: echo plain}
      - {run: echo always, if: always()}
      - {run: echo cancelled, if: cancelled()}
  next: {needs: only, runs-on: x, steps: [{run: echo}]}
`.replace(`run: ${LOOP}`, `run: |\n          ${LOOP}`),
      { onEvent: onLine("ready", () => void runner.cancel(1)) },
    );
    const [run] = await runner.dispatch(OPENED);
    const job = jobOf(run as RunRecord, "only");
    expect(job.steps.map((step) => step.conclusion)).toEqual(["cancelled", "skipped", "success", "success"]);
    expect(printed(job)).toContain("interrupted");
    expect([run?.conclusion, jobOf(run as RunRecord, "next").conclusion]).toEqual(["cancelled", "skipped"]);
  });

  it("lets a step that runs always() finish", async () => {
    const { action, entered, letGo } = gate();
    const runner = await runnerOf(
      "on: issues\njobs: {only: {runs-on: x, steps: [{uses: acme/gate@v1, if: always()}]}}",
      {
        actions: { "acme/gate": action },
      },
    );
    const [started] = await runner.start(OPENED);
    await entered();
    const cancelled = runner.cancel(1);
    letGo();
    await Promise.all([cancelled, started?.done]);
    expect(jobOf(started?.run as RunRecord).steps[0]?.conclusion).toBe("success");
  });

  it("gives always() steps five minutes, then ends them", async () => {
    const { action, entered } = gate();
    const timer = manualDelay();
    const runner = await runnerOf(
      "on: issues\njobs: {only: {runs-on: x, steps: [{uses: acme/gate@v1, if: always()}]}}",
      {
        actions: { "acme/gate": action },
        delay: timer.delay,
      },
    );
    const [started] = await runner.start(OPENED);
    await entered();
    const cancelled = runner.cancel(1);
    timer.fire(5 * 60_000);
    await cancelled;
    expect(jobOf(started?.run as RunRecord).steps[0]?.conclusion).toBe("cancelled");
  });

  it("takes a run that waits out of its group", async () => {
    const { runner, entered, letGo } = await openGated(grouped("g"));
    await runner.start(OPENED);
    await entered();
    const [second] = await runner.start(OPENED);
    const run = await runner.cancel(second?.run.id ?? 0);
    letGo();
    expect([run.conclusion, run.jobs]).toEqual(["cancelled", []]);
  });
});

describe("time limits", () => {
  const limited = (job: string, step: string): string =>
    `on: issues\njobs: {only: {runs-on: x, ${job} steps: [{uses: acme/gate@v1, ${step}}, {run: echo fail, if: failure()}]}}`;

  it("fail a step that takes longer than its `timeout-minutes`", async () => {
    const run = await runOutOfTime(limited("", "timeout-minutes: 2"), 2 * 60_000);
    const { steps } = jobOf(run);
    expect(steps.map((step) => step.outcome)).toEqual(["failure", "success"]);
    expect(steps[0]?.annotations[0]?.message).toBe("The action 'Run acme/gate@v1' has timed out.");
  });

  it("cancel a job that takes longer than its `timeout-minutes`", async () => {
    const run = await runOutOfTime(limited("timeout-minutes: 3,", "id: g"), 3 * 60_000);
    expect(jobOf(run)).toMatchObject({
      conclusion: "cancelled",
      annotations: [{ message: "The job has exceeded the maximum execution time of 3 minutes." }],
    });
  });
});

describe("a re-run", () => {
  const flaky = `
on: issues
jobs:
  made:
    runs-on: x
    outputs: {attempt: "\${{ steps.s.outputs.attempt }}"}
    steps: [{id: s, run: 'echo "attempt=$GITHUB_RUN_ATTEMPT" >> "$GITHUB_OUTPUT"'}]
  flaky:
    needs: made
    runs-on: x
    steps: [{run: 'echo "made by \${{ needs.made.outputs.attempt }}"; test "$GITHUB_RUN_ATTEMPT" = 2'}]
  after: {needs: flaky, runs-on: x, steps: [{run: "echo \${{ github.triggering_actor }} for \${{ github.actor }}"}]}
  never: {if: false, runs-on: x, steps: [{run: echo}]}
`;

  it("of failed jobs keeps the id, results and outputs of the others, and runs what depends on them", async () => {
    const runner = await runnerOf(flaky);
    const [first] = await runner.dispatch(OPENED);
    expect(first?.conclusion).toBe("failure");
    const run = await runner.rerun(1, { failedOnly: true, actor: "maintainer" });
    expect(run).toMatchObject({
      id: 1,
      attempt: 2,
      conclusion: "success",
      actor: "octocat",
      triggeringActor: "maintainer",
    });
    expect(run.jobs.map((job) => [job.key, job.attempt]).toSorted()).toEqual([
      ["after", 2],
      ["flaky", 2],
      ["made", 1],
      ["never", 1],
    ]);
    expect(printed(jobOf(run, "flaky"))).toEqual(["made by 1"]);
    expect(printed(jobOf(run, "after"))).toEqual(["maintainer for octocat"]);
  });

  it("of all jobs runs all of them", async () => {
    const runner = await runnerOf(flaky);
    await runner.dispatch(OPENED);
    const run = await runner.rerun(1);
    expect(printed(jobOf(run, "flaky"))).toEqual(["made by 2"]);
  });

  it("is refused while the run goes on, and for failed jobs where none failed", async () => {
    const { runner, entered, letGo } = await openGated(grouped("g"));
    const [started] = await runner.start(OPENED);
    await entered();
    await expect(runner.rerun(1)).rejects.toThrow("The run 1 is still in_progress");
    letGo();
    await started?.done;
    await expect(runner.rerun(1, { failedOnly: true })).rejects.toThrow("The run 1 has no failed jobs");
  });
});

describe("a listener", () => {
  it("hears of runs, jobs and steps in the order in which they change", async () => {
    const heard: string[] = [];
    const runner = await runnerOf("on: issues\njobs: {a: {runs-on: x, steps: [{run: echo hi}]}}", {
      onEvent: (event) => {
        if (event.kind === "run") heard.push(`run ${event.run.status}`);
        if (event.kind === "job") heard.push(`job ${event.job.status}`);
        if (event.kind === "step") heard.push(`step ${event.step.status}`);
      },
    });
    await runner.dispatch(OPENED);
    expect(heard).toEqual([
      "run queued",
      "run in_progress",
      "job queued",
      "job in_progress",
      "step in_progress",
      "step completed",
      "job completed",
      "run completed",
    ]);
  });
});
