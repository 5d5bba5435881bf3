import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRepairCaller } from "@patchpilot/build/repair-caller";
import {
  checkoutFrom,
  downloadArtifact,
  type RunnerEvent,
  type RunnerOptions,
  type RunRecord,
  uploadArtifact,
  type WorkflowRunner,
} from "@patchpilot/runner";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { addBenchIncident, addLabels } from "../incidents.ts";
import { runActionProcess } from "../run-action-process.ts";
import { BENCH_NAMES, type BenchStage, openStage } from "../stage.ts";

/** A busy machine may need longer than GitHub's ten seconds to save what a cancelled job has done. */
const PATIENT = { interruptMs: 300_000, terminateMs: 300_000 };
const CALLER = ".github/workflows/patchpilot-repair.yml";

export type RepairRequest = {
  /** Bash commands: what edits the checkout, and what tests it. */
  readonly agent: string;
  readonly tests: string;
  /** Where both run, if not where `auto` has them run on this machine. */
  readonly sandbox?: string;
  /** Further inputs of the repair workflow, as its caller gives them, and variables of the repository. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** The repository's files; by default, one with a bug. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders of programs on the runners. */
  readonly path?: readonly string[];
  readonly secrets?: RunnerOptions["secrets"];
  /** What the workflow passes to `dispatch`. */
  readonly dispatchInputs?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: RunnerEvent) => void;
  /** Waited before each reply of GitHub's. */
  readonly latencyMs?: number;
};

/** A repository with an accepted incident and the repair workflow that users copy, on the embedded runner. */
export type RepairStage = Awaited<ReturnType<typeof openRepairStage>>;

export async function openRepairStage(request: RepairRequest) {
  const folder = mkdtempSync(join(tmpdir(), "repair-stage-"));
  const gitDirectory = join(folder, "shop.git");
  const stage = await openStage(request.latencyMs ?? 0, gitDirectory, request.files);
  const runner = await openRunner(stage, gitDirectory, request);
  let order: Readonly<Record<string, unknown>> = {};
  stage.world.onEvent(({ event, payload }) => {
    if (event === "repository_dispatch") order = payload;
  });
  addLabels(stage);
  const issue = addBenchIncident(stage, "TypeError: cannot read total");
  const settled = async (): Promise<readonly RunRecord[]> => {
    await runner.idle();
    return runner.runs;
  };
  return {
    stage,
    runner,
    gitDirectory,
    /** The number of the incident's issue. */
    issue,
    /** Lets the bundled `dispatch` hand the incident over. Resolves when every run that it started has ended. */
    dispatch: async () => {
      await runDispatch(stage, folder, request.dispatchInputs ?? {});
      return settled();
    },
    /** What GitHub was told to start: a second delivery of it is what a lost reply brings. */
    repeatDispatch: async () => {
      await runner.start({ event: "repository_dispatch", payload: order, actor: "github-actions[bot]" });
      return settled();
    },
    close: async () => {
      await runner.close();
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openRunner(
  stage: BenchStage,
  gitDirectory: string,
  request: RepairRequest,
): Promise<WorkflowRunner> {
  const { agent, tests, secrets = {}, vars = {}, path, onEvent = () => undefined } = request;
  return openSimulatedActions({
    github: stage.world,
    api: stage.urls.github,
    repository: BENCH_NAMES.repository,
    workflows: {
      [CALLER]: callerWith({ ...(request.sandbox && { sandbox: request.sandbox }), ...request.inputs }),
    },
    actions: {
      "actions/checkout": checkoutFrom(gitDirectory),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    vars: {
      PATCHPILOT_AGENT: "command",
      PATCHPILOT_AGENT_COMMAND: agent,
      PATCHPILOT_TEST_COMMAND: tests,
      ...vars,
    },
    secrets: { PATCHPILOT_STATE_KEY: BENCH_NAMES.stateKey, ...secrets },
    grace: PATIENT,
    ...(path && { path }),
    onEvent,
  });
}

function callerWith(inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`);
  return readRepairCaller().replace("    with:\n", `    with:\n${lines.join("")}`);
}

async function runDispatch(
  stage: BenchStage,
  folder: string,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const job = { folder, runId: 1, inputs, work: { leftUndone: () => undefined } };
  const { failure } = await runActionProcess("bundle", "dispatch", stage, job);
  if (failure !== undefined) throw new Error(failure);
}
