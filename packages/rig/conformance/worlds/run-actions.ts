import { createHash } from "node:crypto";
import { connect as connectClaim } from "@patchpilot/action-claim/connect";
import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { run as runClaim } from "@patchpilot/action-claim/run";
import { connect as connectDispatch } from "@patchpilot/action-dispatch/connect";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { run as runDispatch } from "@patchpilot/action-dispatch/run";
import { connect as connectDoctor } from "@patchpilot/action-doctor/connect";
import { contract as doctorContract } from "@patchpilot/action-doctor/contract";
import { run as runDoctor } from "@patchpilot/action-doctor/run";
import { connect as connectImpact } from "@patchpilot/action-impact/connect";
import { contract as impactContract } from "@patchpilot/action-impact/contract";
import { run as runImpact } from "@patchpilot/action-impact/run";
import { connect as connectIntake } from "@patchpilot/action-intake/connect";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import { run as runIntake } from "@patchpilot/action-intake/run";
import type { Contract, Environment, InputsOf } from "@patchpilot/action-kit";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import { connect as connectPerfScan } from "@patchpilot/action-perf-scan/connect";
import { contract as perfScanContract } from "@patchpilot/action-perf-scan/contract";
import { run as runPerfScan } from "@patchpilot/action-perf-scan/run";
import { connect as connectPropose } from "@patchpilot/action-propose/connect";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { run as runPropose } from "@patchpilot/action-propose/run";
import { connect as connectSchedule } from "@patchpilot/action-schedule/connect";
import { contract as scheduleContract } from "@patchpilot/action-schedule/contract";
import { run as runSchedule } from "@patchpilot/action-schedule/run";
import { connect as connectVerify } from "@patchpilot/action-verify-recovery/connect";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import { run as runVerify } from "@patchpilot/action-verify-recovery/run";
import type { JobGit } from "@patchpilot/git";
import { type Time, unpaced } from "@patchpilot/http";
import { JOB_ENDING_FILE, type RepairResult } from "@patchpilot/incident";
import { GITHUB_ACTIONS_BOT, type TokenPermissions } from "@patchpilot/simulators/github";
import { hearRun } from "./hear-run.ts";
import { permissionsOf, permissionsWhen } from "./permissions-of.ts";
import { rememberGit } from "./remembered-git.ts";
import { REPOSITORY_ID, SHOP, STATE_KEY, type TestWorld } from "./world.ts";

const API = "https://api.github.com";

/** What the runner says about one run of an action, and what its token may do. */
export type ActionRun = {
  readonly runId: number | string;
  readonly runAttempt?: number;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: Readonly<Record<string, unknown>>;
  /** Default: a scheduled run. */
  readonly eventName?: string;
  /** Where the workflow is; default: the shop. */
  readonly repository?: string;
  readonly fetch?: typeof fetch;
  /** What waits and budgets are measured by; default: no time passes. */
  readonly time?: Time;
  /** Default: what the contract always needs. */
  readonly permissions?: TokenPermissions;
};

/** The simulators as one `fetch` in this process: the providers by their origin, GitHub for everything else. */
export const openWire =
  (test: TestWorld): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    const simulator = test.providers.get(new URL(request.url).origin) ?? test.simulator;
    return simulator.fetch(request);
  };

/** Runs `intake` against the simulators in this process. */
export async function intake(test: TestWorld, options: ActionRun) {
  const { inputs, job, wires } = prepare(intakeContract, test, options, { "state-key": STATE_KEY });
  return hearRun("intake", runIntake(inputs, connectIntake(inputs, job, wires)));
}

/** Runs `perf-scan` against the simulators in this process. */
export async function perfScan(test: TestWorld, options: ActionRun) {
  const { inputs, job, wires } = prepare(perfScanContract, test, options, { "state-key": STATE_KEY });
  return hearRun("perf-scan", runPerfScan(inputs, connectPerfScan(inputs, job, wires)));
}

/** Runs `dispatch` against the simulators in this process. */
export async function dispatch(test: TestWorld, options: ActionRun) {
  const { inputs, job, wires } = prepare(dispatchContract, test, options, { "state-key": STATE_KEY });
  return hearRun("dispatch", runDispatch(inputs, connectDispatch(inputs, job, wires)));
}

/** Runs `claim` against the simulators in this process; of its files only why it refuses goes anywhere. */
export async function claim(test: TestWorld, options: ActionRun) {
  const { inputs, job, wires } = prepare(claimContract, test, options, {});
  const keep = keepEnding(test, options, "gate");
  const writeFile = (name: string, text: string) => {
    keep(name, text);
    return name;
  };
  return hearRun("claim", runClaim(inputs, { ...connectClaim(inputs, job, wires), writeFile }));
}

/** Keeps why a job of the repair workflow ended as an artifact of its run, as the workflow does. */
const keepEnding =
  (test: TestWorld, { runId }: ActionRun, artifact: string) =>
  (name: string, text: string) => {
    const isKnown = test.world
      .repository(SHOP)
      .runs.list()
      .some(({ id }) => String(id) === String(runId));
    if (name === JOB_ENDING_FILE && isKnown)
      test.world
        .runner(SHOP)
        .addArtifact({ runId: Number(runId), name: artifact, content: { [name]: text } });
  };

/** Runs `impact` against the simulators in this process. */
export async function impact(test: TestWorld, options: ActionRun) {
  const { inputs, job, wires } = prepare(impactContract, test, options, { "state-key": STATE_KEY });
  return hearRun("impact", runImpact(inputs, connectImpact(inputs, job, wires)));
}

/** Runs `doctor` against the simulators in this process. */
export async function doctor(test: TestWorld, options: VerifyOptions) {
  const { inputs, job, wires } = prepare(doctorContract, test, options, { "state-key": STATE_KEY });
  const { probe } = options;
  return hearRun(
    "doctor",
    runDoctor(inputs, await connectDoctor(inputs, job, { ...wires, ...(probe ? { probe } : {}) })),
  );
}

/** Runs `schedule` against the simulators in this process, with the rights of the job that it is in. */
export async function schedule(test: TestWorld, options: ActionRun) {
  const to = options.inputs?.["to"] ?? "look";
  const permissions =
    to === "look" ? permissionsOf(scheduleContract) : permissionsWhen(scheduleContract, "`on` or `off`");
  const { inputs, job, wires } = prepare(scheduleContract, test, { permissions, ...options }, {});
  return hearRun("schedule", runSchedule(inputs, connectSchedule(inputs, job, wires)));
}

/** A run of an action that asks the health URL. */
export type VerifyOptions = ActionRun & {
  /** Answers in place of the health URL. */
  readonly probe?: NonNullable<Parameters<typeof connectVerify>[2]>["probe"];
};

/** Runs `verify-recovery` against the simulators in this process. */
export async function verifyRecovery(test: TestWorld, options: VerifyOptions) {
  const { inputs, job, wires } = prepare(verifyContract, test, options, { "state-key": STATE_KEY });
  const { probe } = options;
  return hearRun(
    "verify-recovery",
    runVerify(inputs, connectVerify(inputs, job, { ...wires, ...(probe ? { probe } : {}) })),
  );
}

/** What `claim` put out and `propose` takes. */
export type Claimed = Pick<Awaited<ReturnType<typeof claim>>["outputs"], "key" | "branch" | "base-sha">;

/** A patch that applies to the repository of `createTestWorld`. */
export const PATCH = Buffer.from(`diff --git a/src/checkout.ts b/src/checkout.ts
--- a/src/checkout.ts
+++ b/src/checkout.ts
@@ -1 +1 @@
-export const total = 1;
+export const total = 2;
`);
export const PATCH_SHA256 = createHash("sha256").update(PATCH).digest("hex");

let scratchGit: JobGit | undefined;

/** Ports of `propose` that apply a patch once in this process, however often a run does. */
const connectScratch: typeof connectPropose = (...given) => {
  const ports = connectPropose(...given);
  scratchGit ??= rememberGit(ports.callGit);
  return { ...ports, callGit: scratchGit };
};

/** Runs `propose` without a key against the simulators in this process. */
export async function proposeAlone(test: TestWorld, options: ActionRun & { readonly patch?: Buffer }) {
  const { patch = PATCH } = options;
  const { inputs, job, wires } = prepare(proposeContract, test, options, { patch: "change.patch" });
  return hearRun(
    "propose",
    runPropose(inputs, { ...connectScratch(inputs, job, wires), readPatch: async () => patch }),
  );
}

/** Where `propose` finds `result`, where a test gives one. */
const RESULT_FILE = "result.json";

/** Runs `propose` against the simulators in this process, with a patch that fits. */
export async function propose(
  test: TestWorld,
  options: ActionRun & {
    readonly claimed: Claimed;
    readonly patch?: Buffer;
    readonly result?: RepairResult;
  },
) {
  const { patch = PATCH, result } = options;
  const readPatch = async (path: string): Promise<Buffer> =>
    path === RESULT_FILE ? Buffer.from(JSON.stringify(result)) : patch;
  const { key, branch, "base-sha": baseSha } = options.claimed;
  const permissions = options.permissions ?? permissionsWhen(proposeContract, "`key`");
  const { inputs, job, wires } = prepare(
    proposeContract,
    test,
    { ...options, permissions },
    {
      patch: "change.patch",
      "state-key": STATE_KEY,
      ...(options.result === undefined ? {} : { "result-file": RESULT_FILE }),
      "patch-sha256": createHash("sha256").update(patch).digest("hex"),
      key,
      branch,
      "base-sha": baseSha,
    },
  );
  const keep = keepEnding(test, options, "publication");
  const writeFile = async (name: string, text: string) => keep(name, text);
  return hearRun(
    "propose",
    runPropose(inputs, { ...connectScratch(inputs, job, wires), readPatch, writeFile }),
  );
}

/** Waits return at once, and a budget in seconds never runs out: the virtual clock jumps hours between two requests. */
export const NO_TIME = { now: () => 0, sleep: async () => undefined };

/** Inputs as the runner hands them over, the job, and wires that lead to the simulators. */
function prepare<C extends Contract>(
  contract: C,
  test: TestWorld,
  options: ActionRun,
  standing: Readonly<Record<string, string>>,
) {
  const permissions = options.permissions ?? permissionsOf(contract);
  const token = test.world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: [SHOP] });
  const values = { "github-token": token, ...standing, ...options.inputs };
  const variables = Object.entries(values).map(([name, value]) => [inputVariable(name), value]);
  const inputs: InputsOf<C> = parseInputs(contract, givenInputs(contract, Object.fromEntries(variables)));
  return {
    inputs,
    job: { environment: describeRun(options), secrets: { "state-key": STATE_KEY } },
    wires: { fetch: options.fetch ?? openWire(test), pacing: unpaced, time: options.time ?? NO_TIME },
  };
}

function describeRun(options: ActionRun): Environment {
  return {
    apiUrl: API,
    graphqlUrl: `${API}/graphql`,
    serverUrl: "https://github.com",
    repository: options.repository ?? SHOP,
    repositoryId: String(REPOSITORY_ID),
    runId: String(options.runId),
    runAttempt: options.runAttempt ?? 1,
    actor: "github-actions[bot]",
    sha: "",
    eventName: options.eventName ?? "schedule",
    event: options.event ?? {},
    temporaryFolder: "",
    workspace: "",
  };
}
