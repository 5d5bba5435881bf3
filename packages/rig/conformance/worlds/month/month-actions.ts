import { readFileSync } from "node:fs";
import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { contract as doctorContract } from "@patchpilot/action-doctor/contract";
import { contract as impactContract } from "@patchpilot/action-impact/contract";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import type { Contract, Outcome } from "@patchpilot/action-kit";
import { contract as perfScanContract } from "@patchpilot/action-perf-scan/contract";
import { contract as scheduleContract } from "@patchpilot/action-schedule/contract";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import type { BuiltInAction, BuiltInStep } from "@patchpilot/runner";
import type { TokenPermissions } from "@patchpilot/simulators/github";
import { type ActionRun, intake, schedule, verifyRecovery } from "../run-actions.ts";
import type { TestWorld } from "../world.ts";

type Run = (test: TestWorld, options: ActionRun) => Promise<Outcome>;

const REAL = {
  intake: { contract: intakeContract, run: intake },
  schedule: { contract: scheduleContract, run: schedule },
  "verify-recovery": { contract: verifyContract, run: verifyRecovery },
} as const satisfies Record<string, { readonly contract: Contract; readonly run: Run }>;

/** What may run in a month; every other action does nothing. */
export type MonthAction = keyof typeof REAL;

const CONTRACTS: Readonly<Record<string, Contract>> = {
  claim: claimContract,
  dispatch: dispatchContract,
  doctor: doctorContract,
  impact: impactContract,
  intake: intakeContract,
  "perf-scan": perfScanContract,
  schedule: scheduleContract,
  "verify-recovery": verifyContract,
};

/** PatchPilot's actions as functions of this process, with the rights of the job that they are in. */
export function monthActions(
  test: TestWorld,
  running: readonly MonthAction[],
): Readonly<Record<string, BuiltInAction>> {
  const isRunning = new Set<string>(running);
  return Object.fromEntries(
    Object.entries(CONTRACTS).map(([name, contract]) => {
      const real = isRunning.has(name) ? REAL[name as MonthAction] : undefined;
      return [`patchpilot/${name}@v1`, { inputs: listInputs(contract), run: runIn(test, real?.run) }];
    }),
  );
}

const listInputs = (contract: Contract): Record<string, string> =>
  Object.fromEntries(Object.keys(contract.inputs.shape).map((name) => [name, ""]));

const runIn =
  (test: TestWorld, run: Run | undefined): BuiltInAction["run"] =>
  async (step) => {
    if (run === undefined) return;
    const { outputs, failure } = await run(test, describeStep(step));
    for (const [name, value] of Object.entries(outputs))
      step.setOutput(name, typeof value === "string" ? value : JSON.stringify(value));
    if (failure !== undefined) throw new Error(failure);
  };

function describeStep({ inputs, environment, runId, runAttempt, permissions }: BuiltInStep): ActionRun {
  const path = environment["GITHUB_EVENT_PATH"];
  const given = new Map(Object.entries(inputs).filter(([, value]) => value !== ""));
  const named = Object.entries(permissions).map(([scope, level]) => [scope.replaceAll("-", "_"), level]);
  return {
    runId,
    runAttempt,
    inputs: Object.fromEntries(given),
    event: path === undefined ? {} : JSON.parse(readFileSync(path, "utf8")),
    eventName: environment["GITHUB_EVENT_NAME"] ?? "",
    permissions: Object.fromEntries(named) as TokenPermissions,
  };
}
