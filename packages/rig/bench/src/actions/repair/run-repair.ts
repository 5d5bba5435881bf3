import { performance } from "node:perf_hooks";
import type { RunnerEvent, RunRecord } from "@patchpilot/runner";
import { BENCH_NAMES, type BenchStage } from "../stage.ts";
import { openRepairStage } from "./repair-stage.ts";
import type { Mark } from "./spans.ts";

/** What agent and tests print when they begin and end. Neither takes time of its own. */
const AGENT = "echo agent begins; sed -i 's/= 1/= 2/' src/checkout.ts; echo agent ends";
const TESTS = "echo tests begin; echo tests end";

/**
 * Lets `dispatch` start the repair workflow that users copy, with the bundled actions on the embedded runner.
 * @returns what happened when, from the dispatched event to the pull request, oldest first
 * @throws Error where no pull request came of it
 */
export async function runTimedRepair(latencyMs: number): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  const { stage, dispatch, close } = await openRepairStage({
    agent: AGENT,
    tests: TESTS,
    latencyMs,
    onEvent: (event) => {
      const name = nameSpan(event);
      if (name !== undefined) marks.push({ name, at: performance.now() });
    },
  });
  stage.world.onEvent(({ event, payload }) => {
    if (event === "pull_request" && payload["action"] === "opened")
      marks.push({ name: "pull request opened", at: performance.now() });
  });
  try {
    refuseWorthless(await dispatch(), stage);
    return marks;
  } finally {
    await close();
  }
}

/** `run begins`, `gate begins`, `gate ends`, `work: agent begins`. */
function nameSpan(event: RunnerEvent): string | undefined {
  if (event.kind === "run") return event.run.status === "queued" ? "run begins" : undefined;
  const job = event.job.key.split("/").at(-1);
  if (event.kind === "step")
    return event.step.id === "reproduced" ? nameLevel(job, event.step.status) : undefined;
  if (event.kind === "log") return nameLine(job, event.line);
  if (event.job.status === "in_progress") return `${job} begins`;
  return event.job.status === "completed" ? `${job} ends` : undefined;
}

const nameLevel = (job: string | undefined, status: string): string =>
  `${job}: level ${status === "completed" ? "ends" : "begins"}`;

function nameLine(job: string | undefined, line: string): string | undefined {
  if (line.startsWith("##[group]Test the base commit")) return `${job}: base begins`;
  if (line.startsWith("##[group]Test: ")) return `${job}: patch begins`;
  return /^(?:agent|tests) (?:begins?|ends?)$/.test(line) ? `${job}: ${line}` : undefined;
}

function refuseWorthless([run]: readonly RunRecord[], { world, violations }: BenchStage): void {
  const failed = run?.jobs.find(({ conclusion }) => conclusion !== "success");
  const said = failed?.steps.flatMap(({ log }) => log.slice(-10)).join("\n");
  if (run?.conclusion !== "success")
    throw new Error(`The repair ended ${run?.conclusion}.\n${failed?.name}: ${said}`);
  const { issues } = world.repository(BENCH_NAMES.repository);
  if (!issues.list().some(({ pull }) => pull !== null)) throw new Error("No pull request was opened.");
  if (violations().length > 0) throw new Error(violations().join("\n"));
}
