import { fileURLToPath } from "node:url";
import type { Delay } from "../contract/child-process.ts";
import type { WorkflowEvent } from "../event/workflow-event.ts";
import type { JobRecord, RunRecord } from "../run/records.ts";
import { createRunner, type WorkflowRunner } from "../runner.ts";
import type { RunnerOptions } from "../runner-options.ts";

/** An action of one's own, as a folder: see its scripts for what it prints. */
const ECHO_ACTION = fileURLToPath(new URL("./fixtures/echo-action", import.meta.url));

export const OPENED: WorkflowEvent = {
  event: "issues",
  action: "opened",
  payload: { issue: { number: 7, title: "It broke" } },
  actor: "octocat",
};

/** A runner for `acme/shop` with the given workflow as `test.yml`. */
export function runnerFor(workflow: string, options: Partial<RunnerOptions> = {}): Promise<WorkflowRunner> {
  return createRunner({
    workflows: { "test.yml": workflow },
    repository: { fullName: "acme/shop", id: 42, defaultBranch: "main" },
    urls: { api: "http://127.0.0.1:1", graphql: "http://127.0.0.1:1/graphql", server: "http://127.0.0.1:1" },
    actions: { "acme/echo": ECHO_ACTION },
    headSha: () => "5f3c6ab0c4e9a1d2b3c4d5e6f708192a3b4c5d6e",
    mintToken: () => "ghs_token",
    now: () => 0,
    ...options,
  });
}

/** Runs a workflow that listens to opened issues, to its end. */
export async function runOnce(workflow: string, options: Partial<RunnerOptions> = {}): Promise<RunRecord> {
  const runner = await runnerFor(workflow, options);
  try {
    const [run] = await runner.dispatch(OPENED);
    if (run === undefined) throw new Error("No workflow listened.");
    return run;
  } finally {
    await runner.close();
  }
}

/** The only job, or the only one of a key. */
export function jobOf(run: RunRecord, key?: string): JobRecord {
  const [job, ...others] = run.jobs.filter((candidate) => key === undefined || candidate.key === key);
  if (job === undefined || others.length > 0) throw new Error(`There are ${run.jobs.length} jobs.`);
  return job;
}

/** What the processes of a job printed, without the headers of its steps. */
export function printed(job: JobRecord): string[] {
  return job.steps.flatMap((step) => step.log.slice(step.log.indexOf("##[endgroup]") + 1));
}

/** A timer that fires only when told: `fire` runs what waits for exactly that long. */
export function manualDelay(): { delay: Delay; fire: (milliseconds: number) => void } {
  const waiting = new Set<{ milliseconds: number; callback: () => void }>();
  return {
    delay: (milliseconds, callback) => {
      const entry = { milliseconds, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    fire: (milliseconds) => {
      for (const entry of waiting) {
        if (entry.milliseconds !== milliseconds) continue;
        waiting.delete(entry);
        entry.callback();
      }
    },
  };
}
