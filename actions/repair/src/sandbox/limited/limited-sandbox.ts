import { type SignalGroup, sendSignal, signalGroup } from "../../process/end-processes.ts";
import { becoming, HAND_OVER, handOverArguments } from "../other-account.ts";
import { processSandbox } from "../process-sandbox.ts";
import type { CommandFolders, Sandbox } from "../sandbox.ts";
import { launchBehind, type WalledJob } from "../walled-job.ts";
import { grantedPaths } from "./granted-paths.ts";
import type { Handled } from "./landlock.ts";
import { type LandlockPorts, launcherArguments } from "./launcher-arguments.ts";
import type { Architecture } from "./system-calls.ts";

/** What the limited wall is made from. */
export type LimitedFacts = WalledJob & {
  readonly launcher: string;
  readonly architecture: Architecture;
  readonly handled: Handled;
  /** What a command may connect to. */
  readonly ports: readonly LandlockPorts[];
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
    launch: (command, folders, mark) => ({
      ...launchBehind(plain.launch(command, folders, mark), folders, (inside) =>
        confine(facts, folders, ["env", ...inside]),
      ),
      signal,
    }),
    end: plain.end,
    installer: plain,
  };
}

function confine(facts: LimitedFacts, folders: CommandFolders, command: readonly string[]): string[] {
  const { launcher, architecture, handled, shown, ports, account, root, handsOver } = facts;
  const rules = launcherArguments(architecture, handled, { ...grantedPaths(shown, folders), ports });
  const launched = [launcher, ...rules, ...command];
  if (!root) return launched;
  const script = `${handsOver ? HAND_OVER : "shift 7;"} exec "$@"`;
  const shell = ["/bin/sh", "-c", script, "wall"];
  return [...shell, ...handOverArguments(account, folders), ...becoming(account, launched)];
}

/** The launcher must live to end what has left the group: SIGUSR1 asks it to. */
const signal: SignalGroup = (group, name) =>
  name === "SIGTERM" ? signalGroup(group, name) : sendSignal(group, "SIGUSR1");
