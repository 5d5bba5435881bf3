import { dirname, join } from "node:path";
import type { CommandFolders } from "../sandbox.ts";
import { findPointer, OBJECTS, POINTED_TO, placeModule } from "./own-git.ts";
import type { Shown } from "./read-shown.ts";

/**
 * How bubblewrap is called: its own file system, which holds what is named here, and its own namespaces for
 * processes, IPC, host names and control groups. The network is the caller's.
 */
export function bubblewrapArguments(shown: Shown, folders: CommandFolders): string[] {
  const { workspace, home, temporary, task, programs } = folders;
  return [
    ...["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    ...["--die-with-parent", "--cap-drop", "ALL"],
    ...systemArguments(shown),
    ...["--proc", "/proc", "--dev", "/dev"],
    // After `--dev`. Whoever works there need not be who makes it.
    ...["/dev/shm", "/tmp", "/var/tmp"].flatMap((path) => ["--perms", "1777", "--tmpfs", path]),
    ...shown.hidden.flatMap((path) => ["--tmpfs", path]),
    ...[...shown.tools, task, ...programs].flatMap((path) => at(path, "--ro-bind")),
    ...[home, temporary, workspace].flatMap((path) => at(path, "--bind")),
    ...gitArguments(shown, folders),
    ...["--remount-ro", "/", "--chdir", workspace],
  ];
}

/**
 * How bubblewrap is called for the process that holds a network: with its own, which commands can join because no
 * more than one namespace of users is made, and as one of the machine's processes, which is why it knows its id there.
 */
export const holderArguments = (shown: Shown, { workspace }: CommandFolders): string[] => [
  ...["--unshare-net", "--die-with-parent", "--cap-drop", "ALL"],
  ...systemArguments(shown),
  ...shown.hidden.flatMap((path) => ["--tmpfs", path]),
  ...shown.tools.flatMap((path) => at(path, "--ro-bind")),
  ...at(workspace, "--bind"),
  // Root has no right to a folder of others any more while it is still root.
  ...["--remount-ro", "/", "--chdir", "/"],
];

const systemArguments = ({ folders, links }: Shown): string[] => [
  ...folders.flatMap((path) => at(path, "--ro-bind")),
  ...links.flatMap((link) => ["--symlink", ...link]),
];

/** By default, the same path inside as outside. Folders above it are made for everybody to pass. */
function at(path: string, kind: "--bind" | "--ro-bind", outside = path): string[] {
  const parents: string[] = [];
  for (let folder = dirname(path); folder !== "/"; folder = dirname(folder)) parents.unshift(folder);
  return [...parents.flatMap((folder) => ["--perms", "0755", "--dir", folder]), kind, outside, path];
}

/**
 * The checkout's git folder is not shown: its configuration may hold the job's token, and later steps of the job obey
 * it. Nothing is mounted below a folder that commands write to: they could put a link in its place.
 */
function gitArguments({ git, modules }: Shown, { workspace, git: own, objects }: CommandFolders): string[] {
  if (git === undefined) return [];
  const path = join(workspace, ".git");
  return [
    ...at(OBJECTS, "--ro-bind", objects),
    ...modules.flatMap((name) => at(placeModule(name), "--ro-bind", join(path, "modules", name, "objects"))),
    ...(git === "folder"
      ? ["--bind", own, path]
      : [...at(POINTED_TO, "--bind", own), "--ro-bind", findPointer(own), path]),
  ];
}
