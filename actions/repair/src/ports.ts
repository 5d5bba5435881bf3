import { randomBytes } from "node:crypto";
import { availableParallelism, tmpdir } from "node:os";
import { emptyCommandFiles, isThrownAway, type Job, machineVariables } from "@patchpilot/action-kit";
import type { Inputs } from "./contract.ts";
import { type Clock, realClock } from "./process/clock.ts";
import type { WriteLog } from "./process/log-fence.ts";

/** What `run` may touch, beside the disk. */
export type Ports = {
  readonly workspace: string;
  /** The job's temporary folder; scratch folders and results lie in it. */
  readonly temporaryFolder: string;
  /** Variables of the machine, without those that the runner tells actions. */
  readonly machine: Readonly<Record<string, string>>;
  /** Values of the job's secrets. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  /** Aborted when the job is cancelled. */
  readonly cancelled: AbortSignal;
  readonly writeLog: WriteLog;
  /** An unguessable name of 32 hexadecimal digits. */
  readonly makeName: () => string;
  /** The program that runs JavaScript here. */
  readonly node: string;
  /** The account of this process, as `uid:gid`. */
  readonly user: string | undefined;
  readonly processors: number;
  /** Whether this machine is thrown away after the job. */
  readonly thrownAway: boolean;
  /** Drops what others left in the files that the runner reads when the step ends. */
  readonly emptyCommandFiles: () => void;
};

export function connect(_inputs: Inputs, { environment, secrets }: Job): Ports {
  return {
    workspace: environment.workspace,
    temporaryFolder: environment.temporaryFolder || tmpdir(),
    machine: machineVariables(),
    secrets: Object.values(secrets),
    clock: realClock,
    cancelled: onCancellation(),
    writeLog: (text) => process.stdout.write(text),
    makeName: () => randomBytes(16).toString("hex"),
    node: process.execPath,
    user: process.getuid && process.getgid ? `${process.getuid()}:${process.getgid()}` : undefined,
    processors: availableParallelism(),
    thrownAway: isThrownAway(),
    emptyCommandFiles,
  };
}

/** The runner asks with SIGINT, 7.5 seconds later with SIGTERM, and 2.5 seconds after that no more. */
function onCancellation(): AbortSignal {
  const cancellation = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => cancellation.abort("cancelled"));
  return cancellation.signal;
}
