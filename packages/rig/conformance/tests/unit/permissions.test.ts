import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { contract as impactContract } from "@patchpilot/action-impact/contract";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import type { Contract, Outcome } from "@patchpilot/action-kit";
import { contract as perfScanContract } from "@patchpilot/action-perf-scan/contract";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import type { PermissionName, TokenPermissions } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { openFailingApp } from "../../worlds/live-app.ts";
import { permissionsOf, permissionsWhen } from "../../worlds/permissions-of.ts";
import { addPostHog, POSTHOG_INPUTS } from "../../worlds/providers.ts";
import { claim, impact, proposeAlone } from "../../worlds/run-actions.ts";
import { openScenario, REPAIR_WORKFLOW } from "../../worlds/scenario.ts";
import { openSlowShop } from "../../worlds/slow-shop.ts";
import { openWalk } from "../../worlds/walk.ts";
import { addIncident, createTestWorld } from "../../worlds/world.ts";

/** An action before the work that needs all of its permissions. */
type Subject = {
  readonly contract: Contract;
  /** Part of the `when` of permissions that only this configuration needs. */
  readonly configuration?: string;
  readonly prepare: () => Promise<(permissions: TokenPermissions) => Promise<Outcome>>;
  /** Default: one incident was handled. */
  readonly isDone?: (outcome: Outcome) => boolean;
};

const SUBJECTS: Readonly<Record<string, Subject>> = {
  intake: {
    contract: intakeContract,
    prepare: async () => {
      const walk = openWalk();
      return (permissions) => walk.intake({ permissions });
    },
  },
  "intake that polls Sentry": {
    contract: intakeContract,
    configuration: "source: sentry",
    prepare: async () => {
      const walk = openWalk({ alerts: false });
      return (permissions) => walk.intake({ permissions, inputs: { source: "sentry" } });
    },
  },
  "perf-scan": {
    contract: perfScanContract,
    prepare: async () => {
      const shop = openSlowShop();
      return (permissions) => shop.scan({ permissions });
    },
  },
  dispatch: { contract: dispatchContract, prepare: () => prepareDispatch({}) },
  "dispatch through workflow_dispatch": {
    contract: dispatchContract,
    configuration: "workflow_dispatch",
    prepare: () => prepareDispatch({ via: "workflow_dispatch" }),
  },
  claim: { contract: claimContract, prepare: prepareClaim },
  propose: { contract: proposeContract, configuration: "`key`", prepare: preparePropose },
  "propose without a key": {
    contract: proposeContract,
    prepare: async () => {
      const world = createTestWorld();
      return (permissions) => proposeAlone(world, { runId: 1, permissions });
    },
    isDone: ({ outputs }) => outputs["verdict"] === "proposed",
  },
  impact: {
    contract: impactContract,
    prepare: prepareImpact,
    isDone: ({ outputs }) => (outputs["impact"] as readonly unknown[]).length === 1,
  },
  "verify-recovery": { contract: verifyContract, prepare: prepareVerify },
};

/** One attempt is in flight and has a pull request, one incident waits. */
async function prepareDispatch(inputs: Record<string, string>) {
  const scenario = openScenario();
  scenario.test.world.as("maya").push({
    branch: "main",
    message: "Listen to workflow_dispatch",
    files: { [REPAIR_WORKFLOW]: "on: {workflow_dispatch: {inputs: {patchpilot: {type: string}}}}" },
  });
  addIncident(scenario.test);
  await scenario.tick();
  await (await scenario.startWorker()).publish();
  addIncident(scenario.test);
  return (permissions: TokenPermissions) => scenario.tick({ permissions, inputs });
}

async function prepareClaim() {
  const scenario = openScenario();
  addIncident(scenario.test);
  await scenario.tick();
  const worker = await scenario.queueWorker();
  return (permissions: TokenPermissions) => claim(scenario.test, { ...worker, permissions });
}

async function preparePropose() {
  const scenario = openScenario();
  addIncident(scenario.test);
  await scenario.tick();
  const { publish } = await scenario.startWorker();
  return (permissions: TokenPermissions) => publish({ permissions });
}

/** Enough of the incident has passed to be counted. */
async function prepareImpact() {
  const { test: world } = openScenario();
  addIncident(world);
  world.clock.advance(HOUR);
  addPostHog(world);
  return (permissions: TokenPermissions) => impact(world, { runId: 1, permissions, inputs: POSTHOG_INPUTS });
}

/** A merged fix is live in a later commit, without Vercel, and does not help: one incident goes back to dispatch. */
async function prepareVerify() {
  const production = openFailingApp({ teller: "github" });
  await production.repair();
  const files = { "README.md": "# shop\n\nA shop.\n" };
  production.deploy(production.test.world.as("maya").push({ branch: "main", message: "Describe it", files }));
  production.goOn(6, { crashEvery: 20 });
  return (permissions: TokenPermissions) => production.verify({ permissions });
}

/** Everything that a run says beside its good news. */
const complaintsOf = ({ lines, failure }: Outcome): string[] => [
  ...lines.filter(({ level }) => level === "warning" || level === "error").map(({ text }) => text),
  ...(failure === undefined ? [] : [failure]),
];

/** The same of a run that may fail with a sentence. */
const complaintsOfRun = (run: Promise<Outcome>): Promise<string> =>
  run.then(
    (outcome) => complaintsOf(outcome).join("\n"),
    (error: Error) => error.message,
  );

const scopeOf = (name: string): string => name.replace("_", "-");

const handlesOne = ({ outputs }: Outcome): boolean => outputs["count"] === 1;

describe.each(Object.entries(SUBJECTS))("%s", (_, subject) => {
  const { contract, configuration, prepare, isDone = handlesOne } = subject;
  const exactly =
    configuration === undefined ? permissionsOf(contract) : permissionsWhen(contract, configuration);

  test("does its work with exactly the permissions of its contract", async () => {
    const run = await prepare();
    const outcome = await run(exactly);
    expect(complaintsOf(outcome)).toEqual([]);
    expect(isDone(outcome)).toBe(true);
  });

  test.each(Object.keys(exactly) as PermissionName[])("names `%s` where it is missing", async (name) => {
    const { [name]: _, ...rest } = exactly;
    const run = await prepare();
    expect(await complaintsOfRun(run(rest))).toMatch(new RegExp(`${scopeOf(name)}: (read|write)`));
  });

  const written = Object.entries(exactly).filter(([, access]) => access === "write");
  test.each(written)("names `%s: %s` where it may only read", async (name) => {
    const run = await prepare();
    expect(await complaintsOfRun(run({ ...exactly, [name]: "read" }))).toContain(`${scopeOf(name)}: write`);
  });
});
