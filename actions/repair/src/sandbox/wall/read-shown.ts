import { existsSync, lstatSync, readlinkSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { listCertificates } from "../certificates.ts";
import { liesIn, real } from "../lies-in.ts";
import { readToolHomes } from "../tool-homes.ts";
import { listModules } from "./list-modules.ts";
import { findToolFolders, holds, isTool, type JobPlace } from "./tool-folders.ts";

/** What of the machine is shown behind the wall, read-only; nothing else of it is there. */
export type Shown = {
  readonly folders: readonly string[];
  /** Links at the top, such as `/bin`, and where they lead. */
  readonly links: readonly (readonly [target: string, path: string])[];
  /** Folders of the runner that lie in one that is shown. */
  readonly hidden: readonly string[];
  /** Files and folders that are shown although they lie elsewhere: tools, and what TLS and names need. */
  readonly tools: readonly string[];
  /** What stands at `.git` in the checkout. */
  readonly git: "folder" | "file" | "neither" | undefined;
  /** Names of submodules' git folders in that folder. */
  readonly modules: readonly string[];
};

const SYSTEM = [
  ...["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"],
  ...["/etc", "/opt", "/nix", "/gnu", "/snap"],
  // Homebrew on GitHub's machines; packages of Debian that do not keep to /usr; what tells the number of processors.
  ...["/home/linuxbrew/.linuxbrew", "/var/lib/gems", "/var/lib/dpkg", "/var/cache/fontconfig"],
  ...["/sys/devices/system/cpu", "/sys/fs/cgroup"],
];

/** What marks the folder of a self-hosted runner, which holds its credentials. */
const OF_A_RUNNER = [".runner", ".credentials", "run.sh"];

type Machine = Readonly<Record<string, string>>;

/** @param machine the machine's variables, without the runner's */
export function readShown(machine: Machine, where: Omit<JobPlace, "runner">, node: string): Shown {
  const present = SYSTEM.filter((path) => existsSync(path));
  // One that leads elsewhere, such as a moved `/opt`, is shown as the folder that it leads to.
  const links = present.filter((path) => lstatSync(path).isSymbolicLink() && holds("/usr", real(path)));
  const folders = present.filter((path) => !links.includes(path));
  const isShown = (path: string) => present.some((folder) => holds(folder, path));
  const runner = runnerFolders(where.temporaryFolder);
  const place = { ...where, runner };
  const files = [...listCertificates(machine), resolverFile(), node, real(node)];
  return {
    folders,
    links: links.map((path) => [readlinkSync(path), path] as const),
    hidden: runner.filter(isShown),
    tools: outermost([...findTools(machine, place), ...files]).filter(
      (path) =>
        isAbsolute(path) &&
        existsSync(path) &&
        !liesIn(place.workspace, path) &&
        (!isShown(path) || runner.some((folder) => holds(folder, path))),
    ),
    git: readGitKind(join(place.workspace, ".git")),
    modules: listModules(join(place.workspace, ".git")),
  };
}

/** Folders of tools, and where those lead that are links. */
function findTools(machine: Machine, place: JobPlace): string[] {
  const homes = readToolHomes(machine).map(({ path }) => (isFile(path) ? dirname(path) : path));
  const found = [...findToolFolders(machine["PATH"] ?? "", place), ...homes];
  return found.flatMap((path) => [path, real(path)]).filter((path) => isTool(path, place));
}

/** One that lies in another is shown with it. */
const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && holds(other, path)));

/** What may not be looked at is none. */
const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** The folder of all work, and around it that of the runner. */
function runnerFolders(temporaryFolder: string): string[] {
  const work = dirname(temporaryFolder);
  const runner = dirname(work);
  return OF_A_RUNNER.some((name) => existsSync(join(runner, name))) ? [runner] : [work];
}

/** On many machines a link into `/run`, which is hidden. */
const resolverFile = (): string => real("/etc/resolv.conf");

function readGitKind(path: string): Shown["git"] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isDirectory()) return "folder";
  return found.isFile() ? "file" : "neither";
}

/** Who works behind the wall where the job runs as root: the owner of the checkout, else nobody. */
export function readOwner(workspace: string): string {
  const { uid, gid } = statSync(workspace);
  return uid === 0 ? "65534:65534" : `${uid}:${gid}`;
}
