import { fileURLToPath } from "node:url";
import type { Contract } from "@patchpilot/action-kit";
import { JOB_ENDING_FILE } from "@patchpilot/incident";
import { createRunner, type StepRecord, uploadArtifact } from "@patchpilot/runner";
import { type Listening, listen } from "@patchpilot/simulators";
import { GITHUB_ACTIONS_BOT, type TokenPermissions } from "@patchpilot/simulators/github";
import { permissionsOf } from "../../../worlds/permissions-of.ts";
import { REPOSITORY_ID, SHOP, type TestWorld } from "../../../worlds/world.ts";

/** What a step passes to an action, and the job around it. */
export type BundleRun = {
  /** Values under `with:`; the rest comes from action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Payload of the event that starts the job. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** What the job's token may do. Default: what the contract always needs. */
  readonly permissions?: TokenPermissions;
  /** Address of GitHub's API. Default: the simulator's. */
  readonly api?: string;
  /** The workflow's `env:`, over the variables of the machine. */
  readonly env?: Readonly<Record<string, string>>;
  /** A folder with an action.yml that runs in place of the bundle. */
  readonly folder?: string;
  /** The id of the run. Default: 1. */
  readonly runId?: number;
  /** The run's artifact that keeps why it ended, as the repair workflow does; absent: none. */
  readonly keepEndingAs?: string;
  /** Ends the run. */
  readonly signal?: AbortSignal;
};

/** Runs the bundle of an action as the only step of a workflow, in a process of its own. */
export async function runBundle(test: TestWorld, contract: Contract, run: BundleRun): Promise<StepRecord> {
  const door = await listen(test.simulator);
  const runner = await openRunner(test, contract, run, door);
  run.signal?.addEventListener("abort", () => void runner.close());
  try {
    const [record] = await runner.dispatch({
      event: "repository_dispatch",
      action: "go",
      payload: run.event ?? {},
      actor: GITHUB_ACTIONS_BOT.login,
      ...(run.runId === undefined ? {} : { runId: run.runId }),
    });
    const step = record?.jobs[0]?.steps.find(({ id }) => id === "it");
    if (step === undefined) throw new Error(`The step did not run: ${record?.startupError}`);
    return step;
  } finally {
    await runner.close();
    await door.close();
  }
}

function openRunner(test: TestWorld, contract: Contract, run: BundleRun, door: Listening) {
  const uses = `patchpilot/${contract.name}@v1`;
  const bundled = fileURLToPath(new URL(`../../../../../../actions/${contract.name}`, import.meta.url));
  const steps = [
    { id: "it", uses, ...(run.inputs && { with: run.inputs }) },
    ...(run.keepEndingAs === undefined ? [] : [keepEnding(run.keepEndingAs)]),
  ];
  const workflow = {
    on: { repository_dispatch: { types: ["go"] } },
    ...(run.env && { env: run.env }),
    jobs: { only: { "runs-on": "ubuntu-latest", steps } },
  };
  const api = run.api ?? door.url;
  const permissions = run.permissions ?? permissionsOf(contract);
  return createRunner({
    // JSON is YAML.
    workflows: { "test.yml": JSON.stringify(workflow) },
    repository: { fullName: SHOP, id: REPOSITORY_ID, defaultBranch: "main" },
    urls: { api, graphql: `${api}/graphql`, server: "https://github.com" },
    actions: { [uses]: run.folder ?? bundled, "actions/upload-artifact": uploadArtifact },
    headSha: (ref) => test.world.repository(SHOP).git.refs.get(ref) ?? "",
    mintToken: () => test.world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: [SHOP] }),
    now: () => test.clock.now(),
    onArtifact: ({ runId, name }, content) => test.world.runner(SHOP).addArtifact({ runId, name, content }),
  });
}

const keepEnding = (name: string) => ({
  if: "always()",
  uses: "actions/upload-artifact@v7",
  with: {
    name,
    path: `\${{ runner.temp }}/patchpilot/${JOB_ENDING_FILE}`,
    "if-no-files-found": "ignore",
  },
});

/** The texts of a step's annotations of one level. */
export const readAnnotations = (
  { annotations }: StepRecord,
  level: "notice" | "warning" | "error",
): string[] => annotations.filter((each) => each.level === level).map(({ message }) => message);
