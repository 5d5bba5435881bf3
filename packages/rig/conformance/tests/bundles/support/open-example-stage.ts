import { readFileSync } from "node:fs";
import type { RunRecord } from "@patchpilot/runner";
import { listen, listenAs, type SentrySimulator, VirtualClock } from "@patchpilot/simulators";
import {
  createGitHubSimulator,
  createGitHubWorld,
  type GitHubSimulator,
  type GitHubWorld,
} from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { createSentry, live, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { openWorkflowStage, WORKFLOW_SECRETS, type WorkflowStage } from "./open-workflow-stage.ts";

const APP = "patchpilot-of-acme";

export const readExample = (name: string): string =>
  readFileSync(new URL(`../../../../../../docs/examples/${name}`, import.meta.url), "utf8");

/** Repositories in which one has a workflow of docs/examples, word for word. */
export type ExampleStage = WorkflowStage & {
  readonly world: GitHubWorld;
  readonly simulator: GitHubSimulator;
  readonly sentry: SentrySimulator;
  /** The app of a project has crashed for an hour. Waits for the runs that it starts. */
  readonly crash: (project: string) => Promise<readonly RunRecord[]>;
  readonly tick: () => Promise<readonly RunRecord[]>;
};

/**
 * @param workflow file in docs/examples
 * @param names repositories of the organization; the last has the workflow
 * @param projects what Sentry watches
 */
export async function openExampleStage(
  workflow: string,
  names: readonly string[],
  projects: readonly string[],
): Promise<ExampleStage> {
  const clock = new VirtualClock("2026-11-21T09:00:00Z");
  const world = createOrganization(clock, names);
  const simulator = createGitHubSimulator(world);
  const { simulator: sentry, door } = await listenAs((url) => createSentry(clock, url, projects));
  const stage = await openWorkflowStage({
    github: world,
    doors: { github: await listen(simulator), sentry: door },
    repository: `acme/${names.at(-1)}`,
    workflows: { ".github/workflows/patchpilot.yml": readExample(workflow) },
    secrets: { ...WORKFLOW_SECRETS, PATCHPILOT_APP_ID: APP, PATCHPILOT_APP_PRIVATE_KEY: "a key" },
    vars: {
      SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
      SENTRY_URL: door.url,
      SENTRY_PROJECTS: projects.join(","),
      PRODUCTION_ENVIRONMENT: "production",
    },
  });
  const until = clock.now();
  return {
    ...stage,
    world,
    simulator,
    sentry,
    crash: (project) =>
      stage.awaitRuns(() => {
        const release = `${project}@1`;
        live(sentry, { from: until - HOUR, until, release, crashEvery: 5, project, place: project });
      }),
    tick: () => stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" })),
  };
}

/** Repositories of one organization, in which the app is installed. */
function createOrganization(clock: VirtualClock, names: readonly string[]): GitHubWorld {
  const repositories = names.map((name, index) => ({
    owner: "acme",
    name,
    id: 4242 + index,
    files: { "src/checkout.ts": "export const total = 1;\n" },
  }));
  const world = createGitHubWorld({ clock, repositories, keepHistory: false });
  world.setRole("maya", "admin");
  world.addIdentity({ login: `${APP}[bot]`, id: 777, type: "Bot" });
  return world;
}
