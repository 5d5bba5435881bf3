import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { RunRecord } from "@patchpilot/runner";
import { listen, listenAs, type PostHogSimulator, type SentrySimulator } from "@patchpilot/simulators";
import { addPostHog, createSentry } from "../../../worlds/providers.ts";
import { createTestWorld, SHOP, type TestWorld } from "../../../worlds/world.ts";
import {
  makeReadmeVariables,
  openWorkflowStage,
  WORKFLOW_SECRETS,
  type WorkflowStage,
} from "./open-workflow-stage.ts";

/** A repository with the README's workflow and the one for tasks, word for word; simulators answer on loopback. */
export type ReadmeStage = WorkflowStage & {
  readonly test: TestWorld;
  readonly sentry: SentrySimulator;
  readonly posthog: PostHogSimulator;
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
  /** Workflows that the user has beside it, by path. */
  readonly more?: Readonly<Record<string, string>>;
  /** Secrets and variables that the user set otherwise; an empty one is not set. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
};

export async function openReadmeStage({
  alert = true,
  workflow,
  more,
  secrets,
  vars,
}: Variation = {}): Promise<ReadmeStage> {
  const test = createTestWorld();
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  const posthog = addPostHog(test);
  const doors = {
    github: await listen(test.simulator),
    sentry: door,
    posthog: await listen(posthog),
  };
  if (alert)
    sentry.onNewIssue(({ title, body }) => void test.world.as("sentry[bot]").openIssue({ title, body }));
  const workflows = {
    ".github/workflows/patchpilot.yml": workflow?.(readReadmeWorkflow()) ?? readReadmeWorkflow(),
    ".github/workflows/patchpilot-task.yml": readFileSync(TASK_WORKFLOW, "utf8"),
    ...more,
  };
  test.world.as("maya").push({ branch: "main", message: "Add PatchPilot", files: workflows });
  const stage = await openWorkflowStage({
    github: test.world,
    doors,
    repository: SHOP,
    workflows,
    secrets: { ...WORKFLOW_SECRETS, ...secrets },
    vars: { ...makeReadmeVariables(doors), ...vars },
  });
  return { ...stage, test, sentry, posthog };
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
