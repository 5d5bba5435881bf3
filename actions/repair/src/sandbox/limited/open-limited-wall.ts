import { runFile } from "../../process/run-file.ts";
import type { WallAnswer } from "../pick-sandbox.ts";
import { trySandbox } from "../try-sandbox.ts";
import type { WallRequest } from "../wall/open-wall.ts";
import { readWalledJob } from "../walled-job.ts";
import { engineAddress, engineSockets } from "./engine-sockets.ts";
import { handledBy } from "./landlock.ts";
import { launcherFor } from "./launcher-arguments.ts";
import { limitedSandbox } from "./limited-sandbox.ts";
import { serverPorts } from "./server-ports.ts";
import type { Architecture } from "./system-calls.ts";

const fault = (said: string): WallAnswer => ({ fault: `No limited wall can be built: ${said}.` });

/** Tries the limited wall. Nothing of the machine is changed for it. @param services ports that are named for commands */
export async function openLimitedWall(
  { ports, folders }: Pick<WallRequest, "ports" | "folders">,
  services: readonly number[],
): Promise<WallAnswer> {
  const { machine, user, temporaryFolder } = ports;
  if (process.platform !== "linux" || user === undefined)
    return fault(`it needs Linux, and this is ${process.platform}`);
  const launcher = launcherFor(process.arch);
  if (launcher === undefined) return fault(`there is no launcher for ${process.arch}`);
  const version = await readLandlockVersion(launcher);
  if (typeof version === "string") return fault(version);
  const engine = engineAddress(machine);
  if (engine !== undefined) return fault(`it cannot keep commands from the container engine at ${engine}`);
  const facts = {
    ...readWalledJob(ports, user),
    launcher,
    architecture: process.arch as Architecture,
    handled: handledBy(version),
    ports: [...serverPorts(), ...services.map((port) => [port, port] as const)],
  };
  const sandbox = limitedSandbox({ ...facts, handsOver: true });
  const hidden = [temporaryFolder, ...engineSockets(machine, facts.account.split(":")[0] ?? "")];
  // First without giving anything away: where there is no wall, the checkout stays as it is.
  const failure =
    (await trySandbox(limitedSandbox({ ...facts, handsOver: false }), folders, HIDES, hidden)) ??
    (await trySandbox(sandbox, folders, CAN_WORK));
  return failure === undefined ? { sandbox } : fault(failure.said);
}

/** @returns the version of Landlock's interface, or why there is none */
async function readLandlockVersion(launcher: string): Promise<number | string> {
  try {
    const version = Number((await runFile(launcher)).stdout);
    return version > 0 ? version : "the kernel has no Landlock, or refuses it";
  } catch (error) {
    return `the launcher does not start (${(error as Error).message})`;
  }
}

/** That the folder of the job cannot be read, and that there is no socket by which an engine would do what is asked. */
const HIDES = `
ls "$1" > /dev/null 2>&1 && { echo "Landlock does not keep $1 from being read" >&2; exit 1; }
shift
for socket; do
  [ -S "$socket" ] && [ -w "$socket" ] && { echo "it cannot hide the container engine at $socket" >&2; exit 1; }
done
true`;

const CAN_WORK = `[ -w . ] && [ -w "$HOME" ] && : > "$TMPDIR/probe" && rm "$TMPDIR/probe"`;
