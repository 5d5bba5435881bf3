import type { AskVendor } from "./agents/check-key.ts";
import type { Clock } from "./process/clock.ts";
import type { WriteLog } from "./process/log-fence.ts";

/** What a step asks of the world, beside the disk and its processes. */
export type RepairPorts = {
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
  readonly askVendor: AskVendor;
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
