import type { CommandFolders } from "./sandbox.ts";

/** Somebody who is not root, as `uid:gid`. */
type Account = string;

/**
 * A shell script that root runs before a command, and the folders that it takes: that account gets what was
 * written in them since the last command.
 */
export const HAND_OVER =
  'find "$3" "$4" "$5" "$6" "$7" ! -uid "$1" -exec chown -h "$1:$2" {} + || exit; shift 7;';
export const handOverArguments = (account: Account, folders: CommandFolders): string[] => [
  ...splitAccount(account),
  ...[folders.workspace, folders.home, folders.temporary, folders.task, folders.git],
];

/** A command of root's as that account's, without capabilities or a way to new privileges. */
export function becoming(account: Account, command: readonly string[]): string[] {
  const [uid, gid] = splitAccount(account);
  return [
    ...["setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--no-new-privs"],
    ...["--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--", ...command],
  ];
}

function splitAccount(account: Account): [uid: string, gid: string] {
  const [uid = "", gid = ""] = account.split(":");
  return [uid, gid];
}
