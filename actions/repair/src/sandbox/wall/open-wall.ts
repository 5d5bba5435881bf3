import type { RepairPorts } from "../../ports.ts";
import { runFile } from "../../process/run-file.ts";
import type { WallAnswer } from "../pick-sandbox.ts";
import type { CommandFolders, Sandbox } from "../sandbox.ts";
import { trySandbox } from "../try-sandbox.ts";
import { readWalledJob } from "../walled-job.ts";
import { adviceFor, REMEDIES, type WallFault } from "./remedies.ts";
import { throughSudo } from "./through-sudo.ts";
import { wallSandbox } from "./wall-sandbox.ts";

/** Milliseconds of one change to the machine. */
const PATIENCE = 180_000;

export type WallRequest = {
  readonly ports: Pick<RepairPorts, "machine" | "user" | "node" | "workspace" | "temporaryFolder">;
  /** The folders of a command as the project's are run. */
  readonly folders: CommandFolders;
  /** Whether programs may be installed and settings of the machine changed. */
  readonly mayChange: boolean;
};

/** Tries the wall, and where it may, changes the machine until it works, or lets root make it. */
export async function openWall({ ports, folders, mayChange }: WallRequest): Promise<WallAnswer> {
  const { machine, user } = ports;
  if (process.platform !== "linux" || user === undefined)
    return { fault: `Bubblewrap needs Linux, and this is ${process.platform}.` };
  const job = readWalledJob(ports, user);
  if (job.shown.git === "neither")
    return {
      fault:
        "`.git` in the checkout is a link, which bubblewrap cannot keep from commands. Check out with actions/checkout.",
    };
  const sandbox = wallSandbox({ ...job, handsOver: true });
  // First without giving anything away: where there is no wall, the checkout stays as it is.
  const attempt = async () =>
    (await tryWall(wallSandbox({ ...job, handsOver: false }), folders, NOT_ROOT)) ??
    (await tryWall(sandbox, folders, CAN_WORK));
  let fault = await attempt();
  if (fault !== undefined && mayChange) {
    const asRoot = job.root ? [] : ["sudo", "-n"];
    for (const remedy of REMEDIES) {
      if (fault?.kind !== remedy.for || !(await change([...asRoot, "sh", "-c", remedy.script], machine)))
        continue;
      fault = await attempt();
    }
    if (fault?.kind === "refused" && !job.root) {
      const throughRoot = throughSudo(wallSandbox({ ...job, root: true, handsOver: false }));
      if ((await tryWall(throughRoot, folders, `${NOT_ROOT} && ${CAN_WORK}`)) === undefined)
        return { sandbox: throughRoot };
    }
  }
  return fault === undefined ? { sandbox } : { fault: `${describeWallFault(fault)} ${adviceFor(fault)}` };
}

const describeWallFault = ({ kind, said }: WallFault): string =>
  kind === "missing" ? "There is no bubblewrap here." : `Bubblewrap does not work here (${said}).`;

/** What must hold behind the wall. */
const NOT_ROOT = `[ "$(id -u)" -ne 0 ]`;
const CAN_WORK = `[ -w . ] && [ -w "$HOME" ] && [ -w "$TMPDIR" ]`;

/** The very arguments of every later command. @returns undefined where the wall stands */
async function tryWall(
  sandbox: Sandbox,
  folders: CommandFolders,
  probe: string,
): Promise<WallFault | undefined> {
  const failure = await trySandbox(sandbox, folders, probe);
  if (failure === undefined) return undefined;
  const { code, said } = failure;
  return { kind: code === 127 && /\bbwrap: not found/.test(said) ? "missing" : "refused", said };
}

/** @returns whether it was changed */
async function change(
  [file = "", ...args]: readonly string[],
  machine: RepairPorts["machine"],
): Promise<boolean> {
  try {
    await runFile(file, args, { env: { ...machine }, timeout: PATIENCE });
    return true;
  } catch {
    return false;
  }
}
