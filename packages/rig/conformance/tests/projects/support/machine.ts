import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { machineVariables } from "@patchpilot/action-kit";

/** The machine as a job finds it. */
export type ProjectMachine = {
  readonly variables: Readonly<Record<string, string>>;
  readonly remove: () => void;
};

/**
 * This machine, as it is, for the account of this process. Another account may not enter our home: it gets one with
 * rustup's toolchain, and of the rest what lies elsewhere.
 */
export function openMachine(account: number | undefined): ProjectMachine {
  const own = machineVariables();
  if (account === undefined) return { variables: own, remove: () => {} };
  const home = mkdtempSync(join(tmpdir(), "toolchains-"));
  chmodSync(home, 0o755);
  const elsewhere = Object.entries(own).filter(([, value]) => !isOurs(value));
  const PATH = [...linkRust(home), ...foldersFor(account)].join(":");
  const variables = { ...Object.fromEntries(elsewhere), HOME: home, PATH };
  return { variables, remove: () => rmSync(home, { recursive: true, force: true }) };
}

const isOurs = (path: string): boolean => path.startsWith(`${homedir()}/`);

/** Folders of programs that an account may enter. */
const foldersFor = (account: number | undefined): string[] =>
  (process.env["PATH"] ?? "").split(":").filter((folder) => account === undefined || !isOurs(folder));

/** Which of these programs an account would not find. */
export function missingFor(account: number | undefined, programs: readonly string[]): string[] {
  const folders = [...foldersFor(account), join(homedir(), ".cargo", "bin")];
  return programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))));
}

/** @returns the folder of its programs, if rustup installed it here */
function linkRust(home: string): string[] {
  const toolchain = readOutput("rustc", ["--print", "sysroot"]);
  const rustup = join(homedir(), ".rustup");
  if (!toolchain?.startsWith(`${rustup}/`)) return [];
  linkFolder(toolchain, join(home, relative(homedir(), toolchain)));
  cpSync(join(rustup, "settings.toml"), join(home, ".rustup", "settings.toml"));
  // Rustup makes it as soon as it starts.
  mkdirSync(join(home, ".rustup", "update-hashes"));
  const programs = join(home, ".cargo", "bin");
  linkFolder(join(homedir(), ".cargo", "bin"), programs);
  return [programs];
}

/** A copy that takes no room: the files are the same ones. */
function linkFolder(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync("cp", ["--archive", "--link", from, to]);
}

function readOutput(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, [...args], { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
