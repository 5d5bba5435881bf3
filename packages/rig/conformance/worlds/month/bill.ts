import type { RunnerEvent } from "@patchpilot/runner";
import { MINUTE } from "@patchpilot/time";

/** How long the jobs of a month took. */
export type Bill = {
  readonly hear: (event: RunnerEvent) => void;
  /** The jobs that ran, each with its milliseconds; skipped ones are not among them. */
  readonly jobs: () => readonly { readonly workflow: string; readonly job: string; readonly ms: number }[];
};

/** @param now the time in milliseconds, by whichever clock the jobs are to be measured */
export function openBill(now: () => number): Bill {
  const begun = new Map<number, number>();
  const jobs: { workflow: string; job: string; ms: number }[] = [];
  return {
    hear: (event) => {
      if (event.kind !== "job") return;
      const { id, key, status } = event.job;
      if (status === "in_progress" && !begun.has(id)) begun.set(id, now());
      const from = begun.get(id);
      if (status !== "completed" || from === undefined) return;
      jobs.push({ workflow: event.run.workflow.file, job: key, ms: now() - from });
    },
    jobs: () => jobs,
  };
}

/**
 * Minutes that GitHub bills for jobs on Linux: each is rounded up, and a skipped job costs nothing.
 * Source: docs.github.com, "GitHub Actions billing", how use is measured.
 */
export const billedMinutes = (jobs: readonly { readonly ms: number }[]): number =>
  jobs.reduce((sum, { ms }) => sum + Math.max(1, Math.ceil(ms / MINUTE)), 0);
