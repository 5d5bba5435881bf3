import type { RepairPorts } from "../ports.ts";
import type { Launch } from "../process/run-process.ts";
import { trustedPath } from "../process/trusted-path.ts";
import type { CommandFolders } from "./sandbox.ts";
import { readOwner, readShown, type Shown } from "./wall/read-shown.ts";

/** What either wall is made from. */
export type WalledJob = {
  readonly shown: Shown;
  /** The machine's variables, without the runner's. */
  readonly machine: Readonly<Record<string, string>>;
  /** Who works behind it, as `uid:gid`, never root. */
  readonly account: string;
  /** Whether the job runs as root, who can become somebody else. */
  readonly root: boolean;
  /** Whether root hands the folders over first; what is only tried changes nothing. */
  readonly handsOver: boolean;
};

/** @param user the job's account, as `uid:gid` */
export function readWalledJob(
  ports: Pick<RepairPorts, "machine" | "workspace" | "temporaryFolder" | "node">,
  user: string,
): Omit<WalledJob, "handsOver"> {
  const { machine, workspace, temporaryFolder, node } = ports;
  const root = user.startsWith("0:");
  return {
    shown: readShown(machine, { home: machine["HOME"], workspace, temporaryFolder }, node),
    machine,
    account: root ? readOwner(workspace) : user,
    root,
  };
}

/**
 * A plain launch behind a wall. Inside, PATH is the job's; outside, it holds no program that an agent could have written.
 * @param confine puts the wall's own command before the one that runs inside
 */
export function launchBehind(
  launch: Launch,
  { workspace, home, temporary, programs }: CommandFolders,
  confine: (inside: readonly string[]) => readonly string[],
): Launch {
  const path = launch.env["PATH"] ?? "";
  const [file = "", ...args] = confine([`PATH=${path}`, launch.file, ...launch.args]);
  const outside = [workspace, home, temporary, ...programs].reduce(
    (kept, folder) => trustedPath(kept, folder),
    path,
  );
  return { ...launch, file, args, env: { ...launch.env, PATH: outside } };
}
