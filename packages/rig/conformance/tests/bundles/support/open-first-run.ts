import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { RunRecord, StepRecord } from "@patchpilot/runner";
import { createScriptedModel, listen, listenAs, type Simulator } from "@patchpilot/simulators";
import { HOUR } from "@patchpilot/time";
import {
  addPostHog,
  addVercel,
  createSentry,
  deployToVercel,
  live,
  VERCEL_INPUTS,
} from "../../../worlds/providers.ts";
import { createTestWorld, SHOP, type TestWorld } from "../../../worlds/world.ts";
import { makeReadmeVariables, openWorkflowStage, WORKFLOW_SECRETS } from "./open-workflow-stage.ts";

const TEMPLATES = new URL("../../../../../../actions/repair/templates/", import.meta.url);
const REPAIR = ".github/workflows/patchpilot-repair.yml";
const MODEL_KEY = "sk-ant-right";

/** A line of the table. */
export type CheckLine = {
  readonly name: string;
  readonly settings: readonly string[];
  readonly state: string;
  readonly found: string;
  readonly remedy: string;
  readonly asked: readonly string[];
};

/** What the user's repository has otherwise than the right set-up. An empty value is one that is not set. */
export type Difference = {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly withoutRepair?: boolean;
  /** The text of .github/patchpilot.yml. */
  readonly options?: string;
  readonly workflow?: (text: string) => string;
  /** What happened in the repository before. */
  readonly before?: (test: TestWorld) => void;
};

export type FirstRun = {
  readonly conclusion: string | undefined;
  readonly doctor: StepRecord | undefined;
  readonly checks: readonly CheckLine[];
  /** Every request that a simulator answered during the run: `GET /api/0/organizations/acme/`. */
  readonly answered: ReadonlySet<string>;
  /** The refs that the repository has afterwards. */
  readonly refs: readonly string[];
};

/** Starts the README's workflow by hand in a repository whose set-up is right but for the difference. */
export async function runByHand(difference: Difference = {}): Promise<FirstRun> {
  const test = createTestWorld();
  const { sentry, services, doors } = await openServices(test);
  const workflows = {
    ".github/workflows/patchpilot.yml": difference.workflow?.(readReadmeWorkflow()) ?? readReadmeWorkflow(),
  };
  const sha = test.world
    .as("maya")
    .push({ branch: "main", message: "Add PatchPilot", files: { ...workflows, ...chooseFiles(difference) } });
  deployToVercel(test, services.vercel, sha);
  sentry.recordRelease({ version: "shop@1", commits: [{ sha }] });
  live(sentry, { from: test.clock.now() - HOUR, until: test.clock.now(), release: "shop@1", crashEvery: 20 });
  difference.before?.(test);
  const stage = await openWorkflowStage({
    github: test.world,
    doors,
    repository: SHOP,
    workflows,
    secrets: {
      ...WORKFLOW_SECRETS,
      VERCEL_TOKEN: VERCEL_INPUTS["vercel-token"],
      ANTHROPIC_API_KEY: MODEL_KEY,
      ...difference.secrets,
    },
    vars: { ...makeVariables(doors), ...difference.vars },
  });
  try {
    const [run] = await stage.awaitRuns(() => test.world.as("maya").dispatchWorkflow("patchpilot.yml", {}));
    return describeRun(test, run, [sentry, ...Object.values(services)]);
  } finally {
    await stage.close();
  }
}

/** Every service that doctor asks, at an address of its own. */
async function openServices(test: TestWorld) {
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  const services = {
    github: test.simulator,
    vercel: addVercel(test),
    posthog: addPostHog(test),
    model: createScriptedModel({ clock: test.clock, script: [], key: MODEL_KEY, cwd: "/" }),
  };
  const health = { fetch: async () => new Response("well"), requests: [], faults: undefined };
  const doors = {
    github: await listen(services.github),
    sentry: door,
    vercel: await listen(services.vercel),
    posthog: await listen(services.posthog),
    model: await listen(services.model),
    health: await listen(health),
  };
  return { sentry, services, doors };
}

const chooseFiles = ({ withoutRepair, options }: Difference): Readonly<Record<string, string>> => ({
  ...(withoutRepair ? {} : { [REPAIR]: readFileSync(new URL("patchpilot-repair.yml", TEMPLATES), "utf8") }),
  ...(options === undefined ? {} : { ".github/patchpilot.yml": options }),
});

const makeVariables = (doors: Awaited<ReturnType<typeof openServices>>["doors"]) => ({
  ...makeReadmeVariables(doors),
  VERCEL_PROJECT: VERCEL_INPUTS["vercel-project"],
  VERCEL_URL: doors.vercel.url,
  HEALTH_URL: `${doors.health.url}/health`,
  HEALTH_ALLOW_PRIVATE: "true",
  PATCHPILOT_MODEL_URL: doors.model.url,
});

function describeRun(
  { world }: TestWorld,
  run: RunRecord | undefined,
  simulators: readonly Pick<Simulator, "requests">[],
): FirstRun {
  const steps = run?.jobs.flatMap((job) => job.steps) ?? [];
  const doctor = steps.find(({ name }) => name.includes("patchpilot/doctor@"));
  const requests = simulators.flatMap((simulator) => simulator.requests);
  return {
    conclusion: run?.conclusion ?? undefined,
    doctor,
    checks: JSON.parse(doctor?.outputs["checks"] ?? "[]") as CheckLine[],
    refs: world
      .repository(SHOP)
      .git.refs.list("refs/")
      .map(({ name }) => name),
    answered: new Set(requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`)),
  };
}
