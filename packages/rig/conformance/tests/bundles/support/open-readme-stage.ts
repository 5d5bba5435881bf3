import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { RunRecord, WorkflowRunner } from "@patchpilot/runner";
import { listen, listenAs, type SentrySimulator } from "@patchpilot/simulators";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { addPostHog, createSentry, POSTHOG_INPUTS, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { createTestWorld, SHOP, STATE_KEY, type TestWorld } from "../../../worlds/world.ts";

/** A repository with the README's workflow and the one for tasks, word for word; simulators answer on loopback. */
export type ReadmeStage = {
  readonly test: TestWorld;
  readonly sentry: SentrySimulator;
  readonly runner: WorkflowRunner;
  /** Lets something happen and waits for the runs that it starts. @returns those runs */
  readonly awaitRuns: (happening: () => unknown) => Promise<readonly RunRecord[]>;
  readonly close: () => Promise<void>;
};

const TASK_WORKFLOW = new URL(
  "../../../../../../actions/repair/templates/patchpilot-task.yml",
  import.meta.url,
);

/** What differs from the README: nothing, unless it is named. */
export type Variation = {
  /** Sentry has an alert that opens issues. */
  readonly alert?: boolean;
  /** What the user changed in the workflow. */
  readonly workflow?: (text: string) => string;
  /** Secrets and variables that the user set otherwise; an empty one is not set. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
};

export async function openReadmeStage({
  alert = true,
  workflow,
  secrets,
  vars,
}: Variation = {}): Promise<ReadmeStage> {
  const test = createTestWorld();
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  const doors = {
    github: await listen(test.simulator),
    sentry: door,
    posthog: await listen(addPostHog(test)),
  };
  if (alert)
    sentry.onNewIssue(({ title, body }) => void test.world.as("sentry[bot]").openIssue({ title, body }));
  const workflows = {
    ".github/workflows/patchpilot.yml": workflow?.(readReadmeWorkflow()) ?? readReadmeWorkflow(),
    ".github/workflows/patchpilot-task.yml": readFileSync(TASK_WORKFLOW, "utf8"),
  };
  test.world.as("maya").push({ branch: "main", message: "Add PatchPilot", files: workflows });
  const runner = await openSimulatedActions({
    github: test.world,
    api: doors.github.url,
    repository: SHOP,
    workflows,
    secrets: {
      PATCHPILOT_STATE_KEY: STATE_KEY,
      SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"],
      POSTHOG_API_KEY: POSTHOG_INPUTS["posthog-api-key"],
      ...secrets,
    },
    vars: {
      SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
      SENTRY_PROJECTS: SENTRY_INPUTS["sentry-projects"],
      SENTRY_URL: doors.sentry.url,
      POSTHOG_HOST: doors.posthog.url,
      POSTHOG_PROJECT_ID: POSTHOG_INPUTS["posthog-project-id"],
      POSTHOG_EVENTS: POSTHOG_INPUTS.events,
      ...vars,
    },
  });
  return {
    test,
    sentry,
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

/** The actions that a run's jobs ran, with how each ended: `intake success`. */
export const listSteps = (run: RunRecord | undefined): string[] =>
  (run?.jobs ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ name, conclusion }) => {
      const action = /patchpilot\/([\w-]+)@/.exec(name)?.[1];
      return action === undefined ? [] : [`${action} ${conclusion}`];
    }),
  );

/** The jobs of a run, with how each ended: `incident success`. */
export const listJobs = (run: RunRecord | undefined): string[] =>
  (run?.jobs ?? []).map(({ key, conclusion }) => `${key} ${conclusion}`);
