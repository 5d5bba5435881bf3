import { HttpFailure } from "@patchpilot/http";
import { judgeRedChecks } from "../decide/red-checks.ts";
import { mayAct } from "../decide/settle.ts";
import type { DispatchFacts, DispatchSettings, RunRetry } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";
import type { CheckedFacts } from "../read/red-checks.ts";

/**
 * Runs failed jobs once more before an attempt opens for them: they may be flaky. GitHub counts how often a run was
 * started, so no record is needed, and a reply that is lost is looked for in the next run.
 */
export async function rerunJobs(
  { facts: all, said }: CheckedFacts,
  ports: Pick<DispatchPorts, "rerunFailedJobs">,
  settings: DispatchSettings,
): Promise<CheckedFacts> {
  const lines = [...said];
  const facts: DispatchFacts[] = [];
  for (const each of all) {
    const verdict = judgeRedChecks(each, settings);
    const isDue = verdict.kind === "rerun" && each.changeRequest === undefined && mayAct(each.incident);
    const { checks } = each;
    if (!isDue || checks === undefined) {
      facts.push(each);
      continue;
    }
    const runs = new Map(checks.runs);
    for (const run of verdict.runs) {
      const { retry, why } = await rerunOne(run, ports);
      runs.set(run, retry);
      lines.push(`#${each.incident.number}: ${why}`);
    }
    facts.push({ ...each, checks: { ...checks, runs } });
  }
  return { facts, said: lines };
}

/** What GitHub says of a run whose jobs somebody has started meanwhile. */
const RUNNING = /already running/i;

async function rerunOne(
  run: string,
  ports: Pick<DispatchPorts, "rerunFailedJobs">,
): Promise<{ readonly retry: RunRetry; readonly why: string }> {
  try {
    await ports.rerunFailedJobs(run);
    return { retry: "waits", why: `failed jobs of run ${run} are run again first.` };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const isRefused =
      (error.kind === "forbidden" || error.kind === "rejected") && !RUNNING.test(error.message);
    return {
      retry: isRefused ? "over" : "waits",
      why: `failed jobs of run ${run} could not be run again first. ${error.message}`,
    };
  }
}
