import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CommandFolders } from "../sandbox.ts";
import type { Shown } from "../wall/read-shown.ts";
import { holds } from "../wall/tool-folders.ts";

/** Paths that commands get at; whatever is not named here is refused to them. */
export type Granted = { readonly read: readonly string[]; readonly write: readonly string[] };

/** What programs expect of the machine. `/dev/shm` is that of everybody. */
const DEVICES = ["null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm"];

/** @param shown what of the machine is shown behind the full wall, too */
export function grantedPaths(shown: Shown, folders: CommandFolders): Granted {
  const { workspace, home, temporary, task, programs } = folders;
  return {
    read: [
      "/proc",
      ...shown.folders.flatMap((path) => around(path, shown.hidden)),
      ...shown.tools,
      task,
      ...programs,
    ],
    write: [...DEVICES.map((name) => join("/dev", name)), home, temporary, workspace],
  };
}

/** Nothing can be hidden of a folder that is granted: one that holds something hidden is granted by its other parts. */
function around(path: string, hidden: readonly string[]): string[] {
  if (hidden.includes(path)) return [];
  if (!hidden.some((each) => holds(path, each))) return [path];
  const parts = readdirSync(path).map((name) => join(path, name));
  // A link would grant what it leads to.
  return parts.filter((part) => !lstatSync(part).isSymbolicLink()).flatMap((part) => around(part, hidden));
}
