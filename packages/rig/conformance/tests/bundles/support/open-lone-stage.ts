import { type LoneAction, loneWorkflowName, readLoneWorkflow } from "@patchpilot/build/readme-workflow";
import { checkoutFrom, downloadArtifact, type RunRecord, uploadArtifact } from "@patchpilot/runner";
import { listen } from "@patchpilot/simulators";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { POSTHOG_INPUTS, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { SHOP, STATE_KEY, type TestWorld } from "../../../worlds/world.ts";

/** A repository whose only workflow is the one that an action's README has under "Alone". */
export type LoneStage = {
  /** Lets something happen and waits for the runs that it starts. @returns those runs */
  readonly runsOf: (happening: () => unknown) => Promise<readonly RunRecord[]>;
  /** The schedule fires. */
  readonly tick: () => Promise<RunRecord>;
  readonly close: () => Promise<void>;
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
  const door = await listen(test.simulator);
  const runner = await openSimulatedActions({
    github: test.world,
    api: door.url,
    repository: SHOP,
    workflows,
    actions: {
      ...(gitDir === undefined ? {} : { "actions/checkout": checkoutFrom(gitDir) }),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    secrets: {
      PATCHPILOT_STATE_KEY: STATE_KEY,
      SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"],
      POSTHOG_API_KEY: POSTHOG_INPUTS["posthog-api-key"],
    },
    vars: { SENTRY_ORG: SENTRY_INPUTS["sentry-org"], SENTRY_PROJECTS: "shop", ...vars },
  });
  const runsOf: LoneStage["runsOf"] = async (happening) => {
    const before = runner.runs.length;
    await happening();
    await runner.idle();
    return runner.runs.slice(before);
  };
  return {
    runsOf,
    tick: async () => {
      const [run] = await runsOf(() => runner.start({ event: "schedule", actor: "maya" }));
      if (run === undefined) throw new Error(`The workflow of ${action} has no schedule.`);
      return run;
    },
    close: async () => {
      await runner.close();
      await door.close();
    },
  };
}
