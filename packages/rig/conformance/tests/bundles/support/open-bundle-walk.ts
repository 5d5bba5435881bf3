import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { contract as intakeContract } from "@patchpilot/action-intake/contract";
import type { Contract } from "@patchpilot/action-kit";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { contract as verifyContract } from "@patchpilot/action-verify-recovery/contract";
import { listen, listenAs } from "@patchpilot/simulators";
import { permissionsWhen } from "../../../worlds/permissions-of.ts";
import { SENTRY_INPUTS, VERCEL_INPUTS } from "../../../worlds/providers.ts";
import { type ActionRun, PATCH } from "../../../worlds/run-actions.ts";
import type { Publication, WithWorkers } from "../../../worlds/scenario.ts";
import { type Moves, openWalk, type Walk } from "../../../worlds/walk.ts";
import { SHOP, STATE_KEY } from "../../../worlds/world.ts";
import { runBundle } from "./run-bundle.ts";

/** The walk of `openWalk`, every action of which is its bundle in its own process. */
export type BundleWalk = Moves & { readonly close: () => Promise<void> };

/** Ids of runs that no worker has. */
const FIRST_RUN = 9_000;

/** @param open makes the world: a crash, or work that a person asked for */
export async function openBundleWalk(open: typeof openWalk = openWalk): Promise<BundleWalk> {
  let opened: Walk | undefined;
  const { door } = await listenAs((sentryUrl) => {
    opened = open({ sentryUrl });
    return opened.sentry;
  });
  const walk = opened as Walk;
  const doors = { sentry: door, vercel: await listen(walk.vercel) };
  const { test } = walk;
  const atSentry = { ...SENTRY_INPUTS, "sentry-url": doors.sentry.url };
  const atVercel = { ...VERCEL_INPUTS, "vercel-url": doors.vercel.url };
  let runs = FIRST_RUN;
  const act =
    (contract: Contract, standing: Readonly<Record<string, string>>) =>
    async ({ inputs, permissions }: Partial<ActionRun> = {}): Promise<unknown> => {
      runs += 1;
      return runBundle(test, contract, {
        runId: runs,
        inputs: { "state-key": STATE_KEY, ...standing, ...inputs },
        ...(permissions === undefined ? {} : { permissions }),
      });
    };
  return {
    ...walk,
    intake: act(intakeContract, atSentry),
    tick: act(dispatchContract, {}),
    verify: act(verifyContract, { ...atSentry, ...atVercel }),
    startWorker: () => startWorker(walk),
    close: async () => {
      await doors.sentry.close();
      await doors.vercel.close();
    },
  };
}

/** A run of the repair workflow: its gate, and then what it publishes. */
async function startWorker({ test, queueWorker }: Walk): ReturnType<WithWorkers["startWorker"]> {
  const { runId, event } = queueWorker();
  const run = { runId: Number(runId), event };
  const runner = test.world.runner(SHOP);
  runner.updateRun(run.runId, { status: "in_progress" });
  const { outputs } = await runBundle(test, claimContract, { ...run, keepEndingAs: "gate" });
  return {
    publish: (options = {}) =>
      runBundle(test, proposeContract, {
        ...run,
        keepEndingAs: "publication",
        permissions: options.permissions ?? permissionsWhen(proposeContract, "`key`"),
        inputs: { ...nameFiles(options), ...pick(outputs), ...options.inputs },
      }),
    end: (conclusion) => void runner.updateRun(run.runId, { status: "completed", conclusion }),
  };
}

const pick = ({ key = "", branch = "", "base-sha": baseSha = "" }: Readonly<Record<string, string>>) => ({
  "state-key": STATE_KEY,
  key,
  branch,
  "base-sha": baseSha,
});

/** What the worker left, as files. @returns the inputs that name them */
function nameFiles({ patch = PATCH, result }: Publication): Readonly<Record<string, string>> {
  const folder = makeScratchFolder();
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    patch: write("change.patch", patch),
    "patch-sha256": createHash("sha256").update(patch).digest("hex"),
    ...(result === undefined ? {} : { "result-file": write("result.json", JSON.stringify(result)) }),
  };
}
