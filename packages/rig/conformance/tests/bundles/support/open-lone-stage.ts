import { type LoneAction, loneWorkflowName, readLoneWorkflow } from "@patchpilot/build/readme-workflow";
import { checkoutFrom, downloadArtifact, type RunRecord, uploadArtifact } from "@patchpilot/runner";
import { listen } from "@patchpilot/simulators";
import { SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { SHOP, type TestWorld } from "../../../worlds/world.ts";
import { openWorkflowStage, WORKFLOW_SECRETS, type WorkflowStage } from "./open-workflow-stage.ts";

/** A repository whose only workflow is the one that an action's README has under "Alone". */
export type LoneStage = Omit<WorkflowStage, "runner"> & {
  /** The schedule fires. */
  readonly tick: () => Promise<RunRecord>;
};

export type LoneRequest = {
  readonly test: TestWorld;
  /** The repository that jobs check out. */
  readonly gitDir?: string;
  readonly vars?: Readonly<Record<string, string>>;
  /** What the user changed in the workflow: nothing, unless it is named. */
  readonly workflow?: (text: string) => string;
};

export async function openLoneStage(action: LoneAction, request: LoneRequest): Promise<LoneStage> {
  const { test, gitDir, vars, workflow = (text) => text } = request;
  const path = `.github/workflows/${loneWorkflowName(action)}`;
  const workflows = { [path]: workflow(readLoneWorkflow(action)) };
  test.world.as("maya").push({ branch: "main", message: `Add ${action}`, files: workflows });
  const { runner, awaitRuns, close } = await openWorkflowStage({
    github: test.world,
    doors: { github: await listen(test.simulator) },
    repository: SHOP,
    workflows,
    actions: {
      ...(gitDir === undefined ? {} : { "actions/checkout": checkoutFrom(gitDir) }),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    secrets: WORKFLOW_SECRETS,
    vars: { SENTRY_ORG: SENTRY_INPUTS["sentry-org"], SENTRY_PROJECTS: "shop", ...vars },
  });
  return {
    awaitRuns,
    close,
    tick: async () => {
      const [run] = await awaitRuns(() => runner.start({ event: "schedule", actor: "maya" }));
      if (run === undefined) throw new Error(`The workflow of ${action} has no schedule.`);
      return run;
    },
  };
}
