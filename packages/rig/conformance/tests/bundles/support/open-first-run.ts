import { readFileSync } from "node:fs";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { StepRecord } from "@patchpilot/runner";
import { createScriptedModel, type Listening, listen, listenAs } from "@patchpilot/simulators";
import { openSimulatedActions } from "@patchpilot/simulators/actions";
import { HOUR } from "@patchpilot/time";
import {
  addPostHog,
  addVercel,
  createSentry,
  deployToVercel,
  live,
  POSTHOG_INPUTS,
  SENTRY_INPUTS,
  VERCEL_INPUTS,
} from "../../../worlds/providers.ts";
import { createTestWorld, SHOP, STATE_KEY, type TestWorld } from "../../../worlds/world.ts";

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
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  const vercel = addVercel(test);
  const posthog = addPostHog(test);
  const model = createScriptedModel({ clock: test.clock, script: [], key: MODEL_KEY, cwd: "/" });
  const services = { github: test.simulator, vercel, posthog, model };
  const opened = await Promise.all(
    Object.entries(services).map(async ([name, service]) => [name, await listen(service)] as const),
  );
  const health = await listen({ fetch: async () => new Response("well"), requests: [], faults: undefined });
  const doors = Object.fromEntries(opened) as Record<keyof typeof services, Listening>;
  const workflows = {
    ".github/workflows/patchpilot.yml": difference.workflow?.(readReadmeWorkflow()) ?? readReadmeWorkflow(),
  };
  const repair = readFileSync(new URL("patchpilot-repair.yml", TEMPLATES), "utf8");
  const files = {
    ...workflows,
    ...(difference.withoutRepair ? {} : { [REPAIR]: repair }),
    ...(difference.options === undefined ? {} : { ".github/patchpilot.yml": difference.options }),
  };
  const sha = test.world.as("maya").push({ branch: "main", message: "Add PatchPilot", files });
  deployToVercel(test, vercel, sha);
  sentry.recordRelease({ version: "shop@1", commits: [{ sha }] });
  live(sentry, { from: test.clock.now() - HOUR, until: test.clock.now(), release: "shop@1", crashEvery: 20 });
  difference.before?.(test);
  const runner = await openSimulatedActions({
    github: test.world,
    api: doors.github.url,
    repository: SHOP,
    workflows,
    secrets: {
      PATCHPILOT_STATE_KEY: STATE_KEY,
      SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"],
      VERCEL_TOKEN: VERCEL_INPUTS["vercel-token"],
      POSTHOG_API_KEY: POSTHOG_INPUTS["posthog-api-key"],
      ANTHROPIC_API_KEY: MODEL_KEY,
      ...difference.secrets,
    },
    vars: {
      SENTRY_ORG: SENTRY_INPUTS["sentry-org"],
      SENTRY_PROJECTS: SENTRY_INPUTS["sentry-projects"],
      SENTRY_URL: door.url,
      VERCEL_PROJECT: VERCEL_INPUTS["vercel-project"],
      VERCEL_URL: doors.vercel.url,
      POSTHOG_HOST: doors.posthog.url,
      POSTHOG_PROJECT_ID: POSTHOG_INPUTS["posthog-project-id"],
      POSTHOG_EVENTS: POSTHOG_INPUTS.events,
      HEALTH_URL: `${health.url}/health`,
      HEALTH_ALLOW_PRIVATE: "true",
      PATCHPILOT_MODEL_URL: doors.model.url,
      ...difference.vars,
    },
  });
  try {
    test.world.as("maya").dispatchWorkflow("patchpilot.yml", {});
    await runner.idle();
    const [run] = runner.runs;
    const steps = run?.jobs.flatMap((job) => job.steps) ?? [];
    const doctor = steps.find(({ name }) => name.includes("patchpilot/doctor@"));
    const requests = [sentry, ...Object.values(services)].flatMap((service) => service.requests);
    return {
      conclusion: run?.conclusion ?? undefined,
      doctor,
      checks: JSON.parse(doctor?.outputs["checks"] ?? "[]") as CheckLine[],
      refs: test.world
        .repository(SHOP)
        .git.refs.list("refs/")
        .map(({ name }) => name),
      answered: new Set(requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`)),
    };
  } finally {
    await runner.close();
    await Promise.all([door, health, ...Object.values(doors)].map((one) => one.close()));
  }
}
