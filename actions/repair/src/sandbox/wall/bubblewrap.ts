import { dirname, join } from "node:path";
import type { Folders } from "../sandbox.ts";
import type { Shown } from "./read-shown.ts";

/**
 * How bubblewrap is called: a file system of its own, which holds what is named here, and namespaces of its own for
 * processes, IPC, host names and control groups. The network is the machine's.
 */
export function bubblewrapArguments(shown: Shown, folders: Folders): string[] {
  const { workspace, home, temporary, task, programs } = folders;
  return [
    ...["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    ...["--die-with-parent", "--cap-drop", "ALL"],
    ...shown.folders.flatMap((path) => at(path, "--ro-bind")),
    ...shown.links.flatMap((link) => ["--symlink", ...link]),
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

/** The same path inside as outside. Folders above it are made for everybody to pass. */
function at(path: string, kind: "--bind" | "--ro-bind"): string[] {
  const parents: string[] = [];
  for (let folder = dirname(path); folder !== "/"; folder = dirname(folder)) parents.unshift(folder);
  return [...parents.flatMap((folder) => ["--perms", "0755", "--dir", folder]), kind, path, path];
}

/** Git can be asked, and not be told anything: its configuration may hold the job's token, so that ours is shown. */
function gitArguments({ git }: Shown, { workspace, gitConfig }: Folders): string[] {
  if (git === undefined) return [];
  const path = join(workspace, ".git");
  return [
    ...["--ro-bind", path, path],
    ...(git === "folder" ? ["--ro-bind", gitConfig, join(path, "config")] : []),
  ];
}
