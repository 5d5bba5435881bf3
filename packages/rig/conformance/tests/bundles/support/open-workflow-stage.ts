import type { RunRecord, WorkflowRunner } from "@patchpilot/runner";
import type { Listening } from "@patchpilot/simulators";
import { openSimulatedActions, type SimulatedActionsRequest } from "@patchpilot/simulators/actions";
import { POSTHOG_INPUTS, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { STATE_KEY } from "../../../worlds/world.ts";

/** The runs of a repository's workflows, with the services that they ask on loopback. */
export type WorkflowStage = {
  readonly runner: WorkflowRunner;
  /** Lets something happen and waits for the runs that it starts. @returns those runs */
  readonly awaitRuns: (happening: () => unknown) => Promise<readonly RunRecord[]>;
  readonly close: () => Promise<void>;
};

export type WorkflowStageRequest = Omit<SimulatedActionsRequest, "api"> & {
  /** Every service that answers, closed with the stage. */
  readonly doors: { readonly github: Listening } & Readonly<Record<string, Listening>>;
};

export async function openWorkflowStage({ doors, ...request }: WorkflowStageRequest): Promise<WorkflowStage> {
  const runner = await openSimulatedActions({ ...request, api: doors.github.url });
  return {
    runner,
    awaitRuns: async (happening) => {
      const before = runner.runs.length;
      await happening();
      await runner.idle();
      return runner.runs.slice(before);
    },
    close: async () => {
      await runner.close();
      await Promise.all(Object.values(doors).map((door) => door.close()));
    },
  };
}

/** The secrets that workflows read, with the keys of the simulated services. */
export const WORKFLOW_SECRETS = {
  PATCHPILOT_STATE_KEY: STATE_KEY,
  SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"],
  POSTHOG_API_KEY: POSTHOG_INPUTS["posthog-api-key"],
};

/** The variables by which the README's workflow finds Sentry and PostHog. */
export const makeReadmeVariables = (doors: Readonly<Record<"sentry" | "posthog", Listening>>) => ({
  SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
  SENTRY_PROJECTS: SENTRY_INPUTS["sentry-projects"],
  SENTRY_URL: doors.sentry.url,
  POSTHOG_HOST: doors.posthog.url,
  POSTHOG_PROJECT_ID: POSTHOG_INPUTS["posthog-project-id"],
  POSTHOG_EVENTS: POSTHOG_INPUTS.events,
});
