import { becoming, HAND_OVER, handOverArguments } from "../other-account.ts";
import { processSandbox } from "../process-sandbox.ts";
import type { CommandFolders, Sandbox, SandboxCommand } from "../sandbox.ts";
import { launchBehind, type WalledJob } from "../walled-job.ts";
import { bubblewrapArguments, holderArguments } from "./bubblewrap.ts";

/**
 * A process behind bubblewrap: with its own file system, processes and account, without capabilities or a way
 * to new privileges. What it leaves behind ends with its first process.
 */
export function wallSandbox(job: WalledJob): Sandbox {
  const plain = processSandbox(job.machine);
  return {
    name: "wall",
    network: "own",
    ownGit: true,
    launch: (command, folders, mark) =>
      launchBehind(plain.launch(command, folders, mark), folders, (inside) => [
        "/bin/sh",
        ...wallArguments(job, folders, command.network, ["env", "--default-signal=TERM", ...inside]),
      ]),
    end: plain.end,
    installer: plain,
  };
}

/**
 * The group is asked to end with SIGTERM, which bubblewrap must survive for the command to have the time that it is
 * given, and `env` lets the command hear. No session is made here: `runProcess` has made one, without a terminal.
 */
const startIn = (root: boolean, network: SandboxCommand["network"]): string =>
  `trap '' TERM; exec ${joining(root, network)} bwrap "$@"`;

/** The network is joined before bubblewrap is there, which takes the right to it away. */
function joining(root: boolean, network: SandboxCommand["network"]): string {
  if (typeof network !== "number") return "";
  return `nsenter ${root ? "" : "--preserve-credentials --user"} --net --target ${network} --`;
}

function wallArguments(
  { shown, account, root, handsOver }: WalledJob,
  folders: CommandFolders,
  network: SandboxCommand["network"],
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
  const script = `${handsOver ? HAND_OVER : "shift 7;"} ${start}`;
  return [
    ...["-c", script, "wall", ...handOverArguments(account, folders)],
    // Kept only until `setpriv` has become somebody else.
    ...[...bubblewrap, ...["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"].flatMap((name) => ["--cap-add", name])],
    ...["--", ...becoming(account, command)],
  ];
}
