import { readFileSync } from "node:fs";
import { createScriptedModel, type SentrySimulator, type Simulator } from "@patchpilot/simulators";
import { HOUR } from "@patchpilot/time";
import {
  addPostHog,
  addSentry,
  addVercel,
  deployToVercel,
  live,
  POSTHOG_INPUTS,
  SENTRY_INPUTS,
  VERCEL_INPUTS,
} from "./providers.ts";
import { doctor, openWire, type VerifyOptions } from "./run-actions.ts";
import { createTestWorld, type TestWorld } from "./world.ts";

const TEMPLATE = new URL("../../../../actions/repair/templates/patchpilot-repair.yml", import.meta.url);
export const REPAIR = ".github/workflows/patchpilot-repair.yml";
const MODEL_KEY = "sk-ant-right";

/** A repository whose set-up is right until a test breaks it. */
export type SetUp = { readonly test: TestWorld; readonly sentry: SentrySimulator; readonly sha: string };

/** Inputs of a doctor that finds every service. */
export const SOUND_INPUTS = {
  ...SENTRY_INPUTS,
  ...VERCEL_INPUTS,
  ...POSTHOG_INPUTS,
  "health-url": "https://shop.example/health",
  "anthropic-api-key": MODEL_KEY,
} as const;

/** Opens the set-up that `SOUND_INPUTS` fit. */
export function openSetUp(): SetUp {
  const test = createTestWorld();
  const sentry = addSentry(test);
  const vercel = addVercel(test);
  addPostHog(test);
  const model = createScriptedModel({ clock: test.clock, script: [], key: MODEL_KEY, cwd: "/" });
  test.providers.set("https://api.anthropic.com", model);
  const sha = test.world.as("maya").push({
    branch: "main",
    message: "Add PatchPilot",
    files: { [REPAIR]: readFileSync(TEMPLATE, "utf8") },
  });
  deployToVercel(test, vercel, sha);
  sentry.recordRelease({ version: "shop@1", commits: [{ sha }] });
  const now = test.clock.now();
  live(sentry, { from: now - HOUR, until: now, release: "shop@1", crashEvery: 20 });
  return { test, sentry, sha };
}

/** A service that answers every request with one status. */
export const answering = (status: number): Pick<Simulator, "fetch"> => ({
  fetch: async () => Response.json({ message: "no" }, { status }),
});

const well: NonNullable<VerifyOptions["probe"]> = async () => ({
  state: "healthy",
  reason: "200",
  status: 200,
});

/** Runs the doctor in a set-up, and notes every request that reached a simulator. */
export async function examine({ test }: Pick<SetUp, "test">, options: Partial<VerifyOptions> = {}) {
  const wire = openWire(test);
  const sent = new Set<string>();
  const fetch: typeof wire = async (input, init) => {
    const request = new Request(input, init);
    sent.add(`${request.method} ${new URL(request.url).pathname}`);
    return wire(request);
  };
  const inputs = { ...SOUND_INPUTS, ...options.inputs };
  const { outputs } = await doctor(test, { runId: 1, fetch, probe: well, ...options, inputs });
  return { checks: outputs.checks, sent };
}
