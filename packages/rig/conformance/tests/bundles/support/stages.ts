import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { contract as impactContract } from "@patchpilot/action-impact/contract";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import type { Contract } from "@patchpilot/action-kit";
import { contract as perfScanContract } from "@patchpilot/action-perf-scan/contract";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import { listen } from "@patchpilot/simulators";
import { openFailingApp } from "../../../worlds/live-app.ts";
import { SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { openScenario } from "../../../worlds/scenario.ts";
import { openSlowShop } from "../../../worlds/slow-shop.ts";
import { addIncident, createTestWorld, STATE_KEY, type TestWorld } from "../../../worlds/world.ts";
import { prepareCorpusPatch } from "./prepare-patch.ts";
import type { BundleRun } from "./run-bundle.ts";

/** A world in which an action has something to do, and the run in which it would do it. */
export type BundleStage = {
  readonly world: TestWorld;
  readonly issue: number;
  readonly run: BundleRun;
  /** Ends what the stage opened. */
  readonly close?: () => Promise<void>;
};

/** An action with its stage. */
export type TriedBundle = {
  readonly contract: Contract;
  /** Inputs that it cannot do without. */
  readonly needed?: readonly string[];
  readonly prepare: () => Promise<BundleStage>;
};

export const SUBJECTS: Readonly<Record<string, TriedBundle>> = {
  intake: { contract: intakeContract, prepare: prepareIntake },
  "perf-scan": {
    contract: perfScanContract,
    needed: ["sentry-token", "sentry-org", "sentry-url", "sentry-projects"],
    prepare: preparePerfScan,
  },
  impact: { contract: impactContract, prepare: async () => accepted() },
  dispatch: { contract: dispatchContract, prepare: async () => accepted() },
  claim: { contract: claimContract, prepare: prepareClaim },
  propose: { contract: proposeContract, prepare: preparePropose },
  "verify-recovery": { contract: verifyContract, prepare: prepareVerify },
};

const SIGNED = { "state-key": STATE_KEY };

/** An accepted incident that waits. */
export function accepted(): BundleStage {
  const world = createTestWorld();
  return { world, issue: addIncident(world), run: { inputs: SIGNED } };
}

const SENTRY_BODY =
  "Sentry Issue: [SHOP-1](https://acme.sentry.io/issues/7000000001/?referrer=github_integration)";

async function prepareIntake(): Promise<BundleStage> {
  const world = createTestWorld();
  const { number } = world.world.as("sentry[bot]").openIssue({ title: "TypeError", body: SENTRY_BODY });
  return { world, issue: number, run: { inputs: SIGNED } };
}

/** A bundle runs in a process of its own, so it meets Sentry at an address. */
export async function preparePerfScan(): Promise<BundleStage> {
  const shop = openSlowShop();
  const door = await listen(shop.sentry);
  const inputs = { ...SIGNED, ...SENTRY_INPUTS, "sentry-url": door.url };
  return { world: shop.test, issue: 1, run: { inputs }, close: () => door.close() };
}

async function prepareClaim(): Promise<BundleStage> {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  await scenario.tick();
  return { world: scenario.test, issue, run: { event: scenario.queueWorker().event } };
}

async function preparePropose(): Promise<BundleStage> {
  const { world, issue, run } = await prepareClaim();
  const { event = {} } = run;
  return { world, issue, run: { event, ...(await prepareCorpusPatch(world, event)) } };
}

async function prepareVerify(): Promise<BundleStage> {
  const production = openFailingApp({ days: 1 });
  await production.repair();
  return { world: production.test, issue: production.issue, run: { inputs: SIGNED } };
}
