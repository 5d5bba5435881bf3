import { readFileSync } from "node:fs";
import type { RunRecord, WorkflowRunner } from "@patchpilot/runner";
import { listen, listenAs, type SentrySimulator, VirtualClock } from "@patchpilot/simulators";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import {
  createGitHubSimulator,
  createGitHubWorld,
  type GitHubSimulator,
  type GitHubWorld,
} from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { createSentry, live, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { STATE_KEY } from "../../../worlds/world.ts";

const APP = "patchpilot-of-acme";

export const readExample = (name: string): string =>
  readFileSync(new URL(`../../../../../../docs/examples/${name}`, import.meta.url), "utf8");

/** Repositories in which one has a workflow of docs/examples, word for word. */
export type ExampleStage = {
  readonly world: GitHubWorld;
  readonly simulator: GitHubSimulator;
  readonly sentry: SentrySimulator;
  readonly runner: WorkflowRunner;
  /** The app of a project has crashed for an hour. Waits for the runs that it starts. */
  readonly crash: (project: string) => Promise<readonly RunRecord[]>;
  readonly tick: () => Promise<readonly RunRecord[]>;
  readonly close: () => Promise<void>;
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
  const repositories = names.map((name, index) => ({
    owner: "acme",
    name,
    id: 4242 + index,
    files: { "src/checkout.ts": "export const total = 1;\n" },
  }));
  const world = createGitHubWorld({ clock, repositories, keepHistory: false });
  world.setRole("maya", "admin");
  world.addIdentity({ login: `${APP}[bot]`, id: 777, type: "Bot" });
  const simulator = createGitHubSimulator(world);
  const { simulator: sentry, door } = await listenAs((url) => createSentry(clock, url, projects));
  const github = await listen(simulator);
  const runner = await openSimulatedActions({
    github: world,
    api: github.url,
    repository: `acme/${names.at(-1)}`,
    workflows: { ".github/workflows/patchpilot.yml": readExample(workflow) },
    secrets: {
      PATCHPILOT_STATE_KEY: STATE_KEY,
      PATCHPILOT_APP_ID: APP,
      PATCHPILOT_APP_PRIVATE_KEY: "a key",
      SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"],
    },
    vars: {
      SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
      SENTRY_URL: door.url,
      SENTRY_PROJECTS: projects.join(","),
      PRODUCTION_ENVIRONMENT: "production",
    },
  });
  const runsOf = async (happening: () => unknown): Promise<readonly RunRecord[]> => {
    const before = runner.runs.length;
    await happening();
    await runner.idle();
    return runner.runs.slice(before);
  };
  const now = clock.now();
  return {
    world,
    simulator,
    sentry,
    runner,
    crash: (project) =>
      runsOf(() =>
        live(sentry, {
          from: now - HOUR,
          until: now,
          release: `${project}@1`,
          crashEvery: 5,
          project,
          place: project,
        }),
      ),
    tick: () => runsOf(() => runner.start({ event: "schedule", actor: "maya" })),
    close: async () => {
      await runner.close();
      await Promise.all([door.close(), github.close()]);
    },
  };
}
