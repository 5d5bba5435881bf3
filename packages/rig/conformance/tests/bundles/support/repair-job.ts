import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inputVariable } from "@patchpilot/action-kit/contract";
import { testGit } from "@patchpilot/git/testing";
import { type Condition, OWN_ACCOUNT } from "./conditions.ts";

const ACTION = fileURLToPath(new URL("../../../../../../actions/repair", import.meta.url));

/** What a step of the bundle came to. */
export type RepairJobStep = {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
};

/** A job with a real checkout, and the files that a runner gives to its steps. */
export type RepairJob = {
  readonly root: string;
  /** The action's own bundle, a copy for this job alone. */
  readonly bundle: string;
  /** Folder of the files that the runner obeys; it lies in the job's temporary folder, as on GitHub's runners. */
  readonly commandFiles: string;
  /** The account's own home, which holds credentials on most machines. */
  readonly home: string;
  /** A folder of tools, whose `bin` is in PATH. */
  readonly tools: string;
  readonly read: (path: string) => string;
  /** What the step left for the environment of later ones. */
  readonly variables: () => string;
  readonly summary: () => string;
  /** @param watch is called with the log so far whenever something is added, until it answers true */
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    watch?: (log: string, child: ChildProcess) => boolean,
  ) => Promise<RepairJobStep>;
  /** Puts the checkout back to the base commit; what a step left is kept in the job's temporary folder. */
  readonly restore: () => void;
  readonly remove: () => void;
};

/**
 * @param condition what the runner lets the job do; by default, all that this process may
 * @param action folder of the action; by default, where it is developed
 */
export function openRepairJob(
  files: Readonly<Record<string, string>>,
  condition: Condition = OWN_ACCOUNT,
  action = ACTION,
): RepairJob {
  const place = makePlace();
  const { root, workspace, commandFiles, task } = place;
  const bundle = copyAction(action, root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), content);
  }
  const base = commitAll(workspace);
  const prompt = join(task, "prompt.md");
  writeFileSync(prompt, "Repair it.\n");
  const environment = makeEnvironment(place, condition);
  const read = (name: string) => readFileSync(join(commandFiles, name), "utf8");
  return {
    root,
    bundle,
    commandFiles,
    home: place.home,
    tools: place.tools,
    read: (path) => readFileSync(join(workspace, path), "utf8"),
    variables: () => read("ENV") + read("PATH") + read("STATE"),
    summary: () => read("STEP_SUMMARY"),
    run: async (asked, watch = () => false) => {
      for (const name of COMMAND_FILES) writeFileSync(join(commandFiles, name), "");
      const { account, before } = condition;
      if (account !== undefined) execFileSync("chown", ["-R", `${account}:${account}`, root]);
      const inputs = { ...STEP, "base-sha": base, "prompt-file": prompt, ...asked };
      const given = Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]);
      const { code, log } = await runBundle(
        [...before, process.execPath, join(bundle, "index.js")],
        { ...environment, ...Object.fromEntries(given) },
        workspace,
        watch,
      );
      return { code, log, outputs: readOutputs(read("OUTPUT")), summary: read("STEP_SUMMARY") };
    },
    restore: () => restore(workspace),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const STEP = { agent: "command", sandbox: "process" };
const COMMAND_FILES = ["OUTPUT", "ENV", "PATH", "STATE", "STEP_SUMMARY"];

type Place = Readonly<
  Record<"root" | "workspace" | "temp" | "commandFiles" | "task" | "home" | "tools", string>
>;

/** The folders of a job. */
function makePlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "repair-job-")));
  chmodSync(root, 0o755);
  const folder = (...names: readonly string[]): string => {
    const path = join(root, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  };
  folder("tools", "bin");
  return {
    root,
    workspace: folder("workspace"),
    temp: folder("temp"),
    commandFiles: folder("temp", "_runner_file_commands"),
    task: folder("task"),
    home: folder("home"),
    tools: folder("tools"),
  };
}

/** @returns the folder of the bundle */
function copyAction(action: string, root: string): string {
  for (const part of ["dist", "recipes", "launcher"])
    cpSync(join(action, part), join(root, "action", part), { recursive: true });
  return join(root, "action", "dist");
}

function makeEnvironment(
  { workspace, temp, commandFiles, home, tools }: Place,
  { tools: paths, variables }: Condition,
): Record<string, string> {
  return {
    HOME: home,
    ...variables,
    PATH: [...paths, join(tools, "bin"), variables["PATH"] ?? process.env["PATH"]].join(":"),
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ACTIONS_RUNTIME_TOKEN: "runtime-token",
    ...Object.fromEntries(COMMAND_FILES.map((name) => [`GITHUB_${name}`, join(commandFiles, name)])),
  };
}

/** Takes away whatever is not the base commit's. */
function restore(folder: string): void {
  const git = testGit(folder);
  git([...ANY_OWNER, "reset", "--quiet", "--hard"]);
  git([...ANY_OWNER, "clean", "--quiet", "-dffx"]);
}

function commitAll(folder: string): string {
  const git = testGit(folder, { GIT_AUTHOR_DATE: "@0 +0000", GIT_COMMITTER_DATE: "@0 +0000" });
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message", "base"]);
  return git(["rev-parse", "HEAD"]).toString().trim();
}

/** The checkout may belong to the account of the job. */
const ANY_OWNER = ["-c", "safe.directory=*"];

function runBundle(
  [command = "", ...args]: readonly string[],
  env: Record<string, string>,
  cwd: string,
  watch: (log: string, child: ChildProcess) => boolean,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    let watching = true;
    const add = (chunk: Buffer) => {
      log += chunk.toString("utf8");
      if (watching) watching = !watch(log, child);
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, log }));
  });
}

/** Reads `name<<delimiter`, lines, delimiter, as @actions/core writes them; a later one wins. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n(.*?)\n\2$/gms);
  const plain = text.matchAll(/^([\w-]+)=(.*)$/gm);
  return Object.fromEntries([
    ...Array.from(plain, ([, name = "", value = ""]) => [name, value] as const),
    ...Array.from(found, ([, name = "", , value = ""]) => [name, value] as const),
  ]);
}
