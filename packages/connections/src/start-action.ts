import { setFlagsFromString } from "node:v8";
import { type Action, runAction } from "@patchpilot/action-kit";
import type { Contract } from "@patchpilot/action-kit/contract";
import { configuration } from "@patchpilot/github/configuration";
import { useProxy } from "@patchpilot/http";

/** The three files of an action, each loaded when it is needed: the first request needs none of them. */
type ActionFiles<C extends Contract, Ports> = {
  readonly contract: () => Promise<{ readonly contract: C }>;
  readonly connect: () => Promise<Pick<Action<C, Ports>, "connect">>;
  readonly run: () => Promise<Pick<Action<C, Ports>, "run">>;
};

/**
 * Runs an action that asks GitHub: it reads the configuration file, and its calls use the job's proxy. V8 lets the space
 * for new objects grow to 16 MB twice, most of it empty in a run of seconds: it stays as small as it begins.
 */
export const startAction = <C extends Contract, Ports>(files: ActionFiles<C, Ports>): Promise<void> => {
  setFlagsFromString("--semi-space-growth-factor=1");
  return runAction<C, Ports>({
    configuration,
    prepare: useProxy,
    contract: async () => (await files.contract()).contract,
    connect: async (inputs, job) => (await files.connect()).connect(inputs, job),
    run: async (inputs, ports) => (await files.run()).run(inputs, ports),
  });
};
