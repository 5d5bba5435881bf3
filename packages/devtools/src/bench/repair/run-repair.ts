import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { LABELS } from "@patchpilot/incident";
import {
  checkoutFrom,
  downloadArtifact,
  type RunnerEvent,
  type RunRecord,
  uploadArtifact,
} from "@patchpilot/workflow-runner";
import { openSimulatedActions } from "../../simulated-actions/open-simulated-actions.ts";
import { readRepairCaller } from "../../workflows/repair-caller.ts";
import { addIncident, addLabels } from "../incidents.ts";
import { runActionProcess } from "../run-action-process.ts";
import { NAMES, openStage, type Stage } from "../stage.ts";
import type { Mark } from "./spans.ts";

const CALLER = ".github/workflows/patchpilot-repair.yml";
/** What agent and tests print when they begin and end. Neither takes time of its own. */
const AGENT = "echo agent begins; sed -i 's/= 1/= 2/' src/checkout.ts; echo agent ends";
const TESTS = "echo tests begin; echo tests end";

/**
 * Lets `dispatch` start the repair workflow that users copy, with the bundled actions on the embedded runner.
 * @returns what happened when, from the dispatched event to the pull request, oldest first
 * @throws Error where no pull request came of it
 */
export async function runRepair(latencyMs: number): Promise<readonly Mark[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-repair-"));
  const gitDirectory = join(folder, "shop.git");
  const stage = await openStage(latencyMs, gitDirectory);
  const marks: Mark[] = [];
  const runner = await openSimulatedActions({
    github: stage.world,
    api: stage.urls.github,
    repository: NAMES.repository,
    workflows: { [CALLER]: readRepairCaller() },
    actions: {
      "actions/checkout": checkoutFrom(gitDirectory),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    vars: {
      PATCHPILOT_AGENT: "command",
      PATCHPILOT_AGENT_COMMAND: AGENT,
      PATCHPILOT_TEST_COMMAND: TESTS,
    },
    onEvent: (event) => {
      const name = nameOf(event);
      if (name !== undefined) marks.push({ name, at: performance.now() });
    },
  });
  try {
    addLabels(
      stage,
      LABELS.map(({ name }) => name),
    );
    addIncident(stage, "TypeError: cannot read total");
    await dispatch(stage, folder);
    await runner.idle();
    refuseWorthless(runner.runs, stage);
    return marks;
  } finally {
    await runner.close();
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function dispatch(stage: Stage, folder: string): Promise<void> {
  const job = { folder, runId: 1, inputs: {}, work: { leftUndone: () => undefined } };
  const { failure } = await runActionProcess("bundle", "dispatch", stage, job);
  if (failure !== undefined) throw new Error(failure);
}

/** `run begins`, `gate begins`, `gate ends`, `work: agent begins`. */
function nameOf(event: RunnerEvent): string | undefined {
  if (event.kind === "run") return event.run.status === "queued" ? "run begins" : undefined;
  if (event.kind === "step") return undefined;
  const job = event.job.key.split("/").at(-1);
  if (event.kind === "log")
    return /^(?:agent|tests) (?:begins?|ends?)$/.test(event.line) ? `${job}: ${event.line}` : undefined;
  if (event.job.status === "in_progress") return `${job} begins`;
  return event.job.status === "completed" ? `${job} ends` : undefined;
}

function refuseWorthless(runs: readonly RunRecord[], { world, violations }: Stage): void {
  const [run] = runs;
  const failed = run?.jobs.find(({ conclusion }) => conclusion !== "success");
  const said = failed?.steps.flatMap(({ log }) => log.slice(-10)).join("\n");
  if (run?.conclusion !== "success")
    throw new Error(`The repair ended ${run?.conclusion}.\n${failed?.name}: ${said}`);
  const { issues } = world.repository(NAMES.repository);
  if (!issues.list().some(({ pull }) => pull !== null)) throw new Error("No pull request was opened.");
  if (violations().length > 0) throw new Error(violations().join("\n"));
}
