import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { PackagedAgent } from "@patchpilot/action-repair/agents/install";
import { ownWorkflows } from "@patchpilot/build/own-workflows";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import { readRepairCaller } from "@patchpilot/build/repair-caller";
import { actionFolders } from "@patchpilot/build/repository";
import { MODELS } from "@patchpilot/conformance/agents/facts";
import { AGENT_PACKAGES, installAgent, RIPGREP_FOLDER } from "@patchpilot/conformance/agents/install-agents";
import { writeLauncher } from "@patchpilot/conformance/agents/launcher";
import { createTestWorld, SHOP, type TestWorld } from "@patchpilot/conformance/worlds/world";
import {
  checkoutFrom,
  downloadArtifact,
  SYSTEM_PATH,
  uploadArtifact,
  type WorkflowRunner,
} from "@patchpilot/runner";
import {
  createPostHogSimulator,
  createSentrySimulator,
  listen,
  listenAs,
  type ModelStep,
  type SentrySimulator,
} from "@patchpilot/simulators";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { SENTRY_BOT } from "@patchpilot/simulators/github";
import { TEST_COMMAND } from "../shop.ts";
import { type Canaries, openCanaries, type Targets } from "./canaries.ts";
import { makeSecrets, type PlantedSecrets } from "./secrets.ts";
import { type ModelHeard, serveModel } from "./serve-model.ts";

/** Where agent and tests run. `none` is the control: what a user chooses who wants no wall. */
export type RangeSandbox = "wall" | "none";

export type RangeWorldRequest = {
  readonly agent: PackagedAgent;
  readonly sandbox: RangeSandbox;
  /** What the model answers, by what there is to reach. */
  readonly script: (place: Reachable, heard: ModelHeard) => readonly ModelStep[];
  /** The repository's, by what there is to reach. */
  readonly files: (place: Reachable) => Readonly<Record<string, string>>;
};

/** What there is to reach and to learn. */
export type Reachable = { readonly targets: Targets; readonly secrets: PlantedSecrets };

/** A shop with the README's workflow and the repair workflow, services on loopback, and canaries around it. */
export type RangeWorld = Pick<Awaited<ReturnType<typeof openServices>>, "model" | "sentry"> & {
  readonly test: TestWorld;
  readonly runner: WorkflowRunner;
  readonly canaries: Canaries;
  readonly secrets: PlantedSecrets;
  /** The bare repository, and the commit that it begins with. */
  readonly repository: { readonly gitDir: string; readonly base: string };
  /** Where the SDK posts to. */
  readonly dsn: string;
  readonly close: () => Promise<void>;
};

export async function openRangeWorld(request: RangeWorldRequest): Promise<RangeWorld> {
  installAgent(request.agent);
  const folder = makeFolder();
  const secrets = makeSecrets();
  const gitDir = join(folder, "shop.git");
  const canaries = await openCanaries(join(folder, "machine"), secrets["file of the machine"], gitDir);
  const reachable = { targets: canaries.targets, secrets };
  const workflows = makeWorkflows(request, folder);
  const test = createTestWorld({ gitDir, files: { ...request.files(reachable), ...workflows } });
  const { model, sentry, doors } = await openServices(test, secrets, (heard) =>
    request.script(reachable, heard),
  );
  const runner = await openSimulatedActions({
    ...{ github: test.world, api: doors.github.url, repository: SHOP, workflows },
    findOwn: async () => findOwn(canaries.targets),
    actions: {
      "actions/checkout": checkoutFrom(gitDir),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    path: [AGENT_PACKAGES, RIPGREP_FOLDER, join(folder, "bin"), ...SYSTEM_PATH],
    secrets: nameSecrets(secrets),
    vars: makeVariables(request, doors),
  });
  return {
    ...{ test, sentry, runner, model, canaries, secrets },
    repository: { gitDir, base: test.world.repository(SHOP).git.refs.get("refs/heads/main") ?? "" },
    dsn: sentry.dsn(doors.sentry.url),
    close: async () => {
      await runner.close();
      await Promise.all(Object.values(doors).map((door) => door.close()));
      canaries.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Everything that jobs ask, on loopback. */
async function openServices(
  test: TestWorld,
  secrets: PlantedSecrets,
  script: (heard: ModelHeard) => readonly ModelStep[],
) {
  const { clock } = test;
  const { model, door } = await serveModel({ clock, key: secrets["model-key"], script });
  const { simulator: sentry, door: sentryDoor } = await listenAs((url) => makeSentry(test, secrets, url));
  const posthog = createPostHogSimulator({
    ...{ clock, projectId: "7", projectToken: "phc_shop" },
    keys: { [secrets["posthog-key"]]: ["query:read"] },
  });
  const doors = {
    github: await listen(test.simulator),
    posthog: await listen(posthog),
    ...{ model: door, sentry: sentryDoor },
  };
  return { model, sentry, doors };
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "range-"));
  chmodSync(folder, 0o755);
  for (const name of ["bin", "machine"]) mkdirSync(join(folder, name));
  return folder;
}

function makeSentry({ clock, world }: TestWorld, secrets: PlantedSecrets, webUrl: string): SentrySimulator {
  const sentry = createSentrySimulator({
    ...{ clock, organization: "acme", webUrl },
    projects: [{ id: "42", slug: "shop", platform: "node" }],
    tokens: { [secrets["sentry-token"]]: ["event:write", "org:read", "project:read"] },
  });
  sentry.onNewIssue(({ title, body }) => void world.as(SENTRY_BOT.login).openIssue({ title, body }));
  return sentry;
}

/** What users copy; sandbox and command line of the agent are named, as its users may. */
function makeWorkflows({ agent, sandbox }: RangeWorldRequest, folder: string): Record<string, string> {
  const more = [`sandbox: ${sandbox}`, `agent-path: ${writeLauncher(agent, join(folder, "bin"))}`];
  const caller = readRepairCaller().replace(
    "    with:\n",
    `    with:\n${more.map((line) => `      ${line}\n`).join("")}`,
  );
  return {
    ".github/workflows/patchpilot.yml": readReadmeWorkflow(),
    ".github/workflows/patchpilot-repair.yml": caller,
  };
}

/** This checkout's bundles; the machine of their jobs has a proxy before the internet. */
function findOwn({ proxy }: Targets) {
  const url = `http://127.0.0.1:${proxy}`;
  const machine = { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: "127.0.0.1,localhost" };
  const lines = Object.entries(machine).map(([name, value]) => `  ${name}: "${value}"\n`);
  return {
    actions: Object.fromEntries(
      actionFolders().map((action) => [`patchpilot/${basename(action)}@v1`, action]),
    ),
    calledWorkflows: Object.fromEntries(
      Object.entries(ownWorkflows()).map(([name, text]) => [
        name,
        text.replace(/^jobs:$/m, `env:\n${lines.join("")}jobs:`),
      ]),
    ),
  };
}

const nameSecrets = (secrets: PlantedSecrets) => ({
  PATCHPILOT_STATE_KEY: secrets["state-key"],
  SENTRY_TOKEN: secrets["sentry-token"],
  POSTHOG_API_KEY: secrets["posthog-key"],
  ANTHROPIC_API_KEY: secrets["model-key"],
  OPENAI_API_KEY: secrets["model-key"],
  MODEL_API_KEY: secrets["model-key"],
  PATCHPILOT_NPM_TOKEN: secrets["npm-token"],
});

const makeVariables = (
  { agent }: RangeWorldRequest,
  doors: Readonly<Record<"sentry" | "posthog" | "model", { readonly url: string }>>,
) => ({
  SENTRY_ORG: "acme",
  SENTRY_PROJECTS: "shop",
  SENTRY_URL: doors.sentry.url,
  POSTHOG_HOST: doors.posthog.url,
  POSTHOG_PROJECT_ID: "7",
  POSTHOG_EVENTS: "checkout",
  PATCHPILOT_AGENT: agent,
  PATCHPILOT_MODEL: MODELS[agent],
  PATCHPILOT_MODEL_URL: doors.model.url,
  // Setup comes with the registry's token.
  PATCHPILOT_SETUP_COMMAND: "true",
  PATCHPILOT_TEST_COMMAND: TEST_COMMAND,
});
