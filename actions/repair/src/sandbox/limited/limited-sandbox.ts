import { signalGroup } from "../../process/end-processes.ts";
import { trustedPath } from "../../process/trusted-path.ts";
import { becoming, HAND_OVER, handOverArguments } from "../other-account.ts";
import { processSandbox } from "../process-sandbox.ts";
import type { Folders, Sandbox } from "../sandbox.ts";
import type { Shown } from "../wall/read-shown.ts";
import { grantedPaths } from "./granted-paths.ts";
import type { Handled } from "./landlock.ts";
import { launcherArguments, type Ports } from "./launcher-arguments.ts";
import type { Architecture } from "./system-calls.ts";

/** What the limited wall is made from. */
export type LimitedFacts = {
  readonly launcher: string;
  readonly architecture: Architecture;
  readonly handled: Handled;
  readonly shown: Shown;
  /** What a command may connect to. */
  readonly ports: readonly Ports[];
  /** The machine's variables, without the runner's. */
  readonly machine: Readonly<Record<string, string>>;
  /** Who works behind it, as `uid:gid`, never root. */
  readonly account: string;
  /** Whether the job runs as root, who can become somebody else. */
  readonly root: boolean;
  /** Whether root hands the folders over first; what is only tried changes nothing. */
  readonly handsOver: boolean;
};

/**
 * A process that Landlock and a filter of system calls confine, on a machine that refuses namespaces. The launcher
 * stays outside of both, and ends what the command leaves behind.
 */
export function limitedSandbox(facts: LimitedFacts): Sandbox {
  const plain = processSandbox(facts.machine);
  return {
    name: "limited-wall",
    network: "loopback",
    launch: (command, folders, mark) => {
      const launch = plain.launch(command, folders, mark);
      // Inside, every program of the job's PATH; outside, none that an agent could have written.
      const path = launch.env["PATH"] ?? "";
      const inside = ["env", `PATH=${path}`, launch.file, ...launch.args];
      const [file = "", ...args] = confined(facts, folders, inside);
      const env = { ...launch.env, PATH: trustedPath(path, folders.workspace) };
      return { ...launch, file, args, env, signal };
    },
    end: plain.end,
    installer: plain,
  };
}

function confined(facts: LimitedFacts, folders: Folders, command: readonly string[]): string[] {
  const { launcher, architecture, handled, shown, ports, account, root, handsOver } = facts;
  const rules = launcherArguments(architecture, handled, { ...grantedPaths(shown, folders), ports });
  const launched = [launcher, ...rules, ...command];
  if (!root) return launched;
  const script = `${handsOver ? HAND_OVER : "shift 6;"} exec "$@"`;
  return [
    "/bin/sh",
    "-c",
    script,
    "wall",
    ...handOverArguments(account, folders),
    ...becoming(account, launched),
  ];
}

/** The launcher must live to end what has left the group: SIGUSR1 asks it to. */
const signal: typeof signalGroup = (group, name) => {
  if (name === "SIGTERM") return signalGroup(group, name);
  try {
    process.kill(group, "SIGUSR1");
  } catch {
    // Gone already.
  }
};
