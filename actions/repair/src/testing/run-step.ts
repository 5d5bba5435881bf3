import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import { type RepairResult, repairResult } from "@patchpilot/incident";
import { contract, type RepairOutputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import { run } from "../run.ts";
import { type Checkout, writeFiles } from "./checkout.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";

/** A step as a test starts it. */
export type StepRequest = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly evidence?: string;
  readonly task?: Readonly<Record<string, unknown>>;
  readonly secrets?: readonly string[];
  readonly machine?: Readonly<Record<string, string>>;
  /** Called with everything that the log has so far, whenever something is added. */
  readonly onLog?: (log: string, hands: Hands) => void;
  readonly ports?: Partial<RepairPorts>;
};

/** What a test may do while a step runs. */
export type Hands = { readonly clock: FakeClock; readonly cancel: () => void };

/** What a step left behind. */
export type StepReport = {
  readonly outputs: RepairOutputs;
  readonly failure: string | undefined;
  readonly result: RepairResult;
  readonly patch: Buffer | undefined;
  readonly log: string;
  /** The checkout's files with the patch, in a repository of their own. */
  readonly files: Readonly<Record<string, string>>;
};

const TASK = { v: 1, key: "pp-77-12-a1", attempt: 1, issue: 12, autonomy: "draft-pr" };

/** Runs a step on a real checkout, with real processes, and a clock that stands. */
export async function runStep(checkout: Checkout, request: StepRequest = {}): Promise<StepReport> {
  const task = join(checkout.root, "task");
  writeFiles(task, {
    "prompt.md": "Repair it.\n",
    "evidence.md": request.evidence ?? "TypeError: x is undefined\n",
    "task.json": JSON.stringify({ ...TASK, ...request.task }),
  });
  let log = "";
  const clock = fakeClock();
  const cancellation = new AbortController();
  const hands = { clock, cancel: () => cancellation.abort("cancelled") };
  let names = 0;
  const ports: RepairPorts = {
    workspace: checkout.workspace,
    temporaryFolder: checkout.temporaryFolder,
    machine: { PATH: machineVariables()["PATH"] ?? "", ...request.machine },
    secrets: request.secrets ?? [],
    clock,
    cancelled: cancellation.signal,
    writeLog: (text) => {
      log += typeof text === "string" ? text : Buffer.from(text).toString("utf8");
      request.onLog?.(log, hands);
    },
    askVendor: async () => undefined,
    makeName: () => {
      names += 1;
      return `${process.pid}-${checkout.base.slice(0, 12)}-${names}`.padEnd(32, "0");
    },
    node: process.execPath,
    user: "1001:1001",
    processors: 2,
    thrownAway: false,
    emptyCommandFiles: () => {},
    ...request.ports,
  };
  const { outputs, failure } = await run(inputsOf(checkout, task, request.inputs), ports);
  const file = join(checkout.temporaryFolder, "patchpilot-repair", "change.patch");
  const patch = existsSync(file) ? readFileSync(file) : undefined;
  return {
    outputs,
    failure,
    result: repairResult.parse(JSON.parse(readFileSync(outputs["result-file"], "utf8"))),
    patch,
    log,
    files: patch === undefined ? {} : checkout.applied(patch),
  };
}

function inputsOf(checkout: Checkout, task: string, given: Readonly<Record<string, string>> = {}) {
  const inputs = {
    agent: "command",
    // What stands on the machine is no matter of most tests.
    sandbox: "process",
    "base-sha": checkout.base,
    "prompt-file": join(task, "prompt.md"),
    "evidence-file": join(task, "evidence.md"),
    "task-file": join(task, "task.json"),
    ...given,
  };
  const variables = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]),
  );
  return parseInputs(contract, givenInputs(contract, variables));
}
