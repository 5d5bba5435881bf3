import { trustedPath } from "../../process/trusted-path.ts";
import { becoming, HAND_OVER, handOverArguments } from "../other-account.ts";
import { processSandbox } from "../process-sandbox.ts";
import type { Command, Folders, Sandbox } from "../sandbox.ts";
import { bubblewrapArguments, holderArguments } from "./bubblewrap.ts";
import type { Shown } from "./read-shown.ts";

/** What the wall is made from. */
export type WallFacts = {
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

/**
 * A process behind bubblewrap: with a file system, processes and an account of its own, without capabilities or a way
 * to new privileges. What it leaves behind ends with its first process.
 */
export function wallSandbox(facts: WallFacts): Sandbox {
  const plain = processSandbox(facts.machine);
  return {
    name: "wall",
    network: "own",
    launch: (command, folders, mark) => {
      const launch = plain.launch(command, folders, mark);
      // Inside, every program of the job's PATH; outside, none that an agent could have written.
      const path = launch.env["PATH"] ?? "";
      const inside = ["env", "--default-signal=TERM", `PATH=${path}`];
      const args = wallArguments(facts, folders, command.network, [...inside, launch.file, ...launch.args]);
      const env = { ...launch.env, PATH: trustedPath(path, folders.workspace) };
      return { ...launch, file: "/bin/sh", args, env };
    },
    end: plain.end,
    installer: plain,
  };
}

/**
 * The group is asked to end with SIGTERM, which bubblewrap must survive for the command to have the time that it is
 * given, and `env` lets the command hear. No session is made here: `runProcess` has made one, without a terminal.
 */
const startIn = (root: boolean, network: Command["network"]): string =>
  `trap '' TERM; exec ${joining(root, network)} bwrap "$@"`;

/** The network is joined before bubblewrap is there, which takes the right to it away. */
function joining(root: boolean, network: Command["network"]): string {
  if (typeof network !== "number") return "";
  return `nsenter ${root ? "" : "--preserve-credentials --user"} --net --target ${network} --`;
}

function wallArguments(
  { shown, account, root, handsOver }: WallFacts,
  folders: Folders,
  network: Command["network"],
  command: string[],
): string[] {
  const start = startIn(root, network);
  const bubblewrap =
    network === "new" ? holderArguments(shown, folders) : bubblewrapArguments(shown, folders);
  if (!root) {
    const [uid = "", gid = ""] = account.split(":");
    const own = ["--unshare-user", "--uid", uid, "--gid", gid];
    return ["-c", start, "wall", ...own, ...bubblewrap, "--", ...command];
  }
  const script = `${handsOver ? HAND_OVER : "shift 6;"} ${start}`;
  return [
    ...["-c", script, "wall", ...handOverArguments(account, folders)],
    // Kept only until `setpriv` has become somebody else.
    ...[...bubblewrap, ...["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"].flatMap((name) => ["--cap-add", name])],
    ...["--", ...becoming(account, command)],
  ];
}
