import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inputVariable } from "@patchpilot/action-kit/contract";

const ACTION = fileURLToPath(new URL("../../../../actions/repair", import.meta.url));

/** What a step of the bundle came to. */
export type RepairStep = {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
};

/** A job with a real checkout, and the files that a runner gives to its steps. */
export type RepairJob = {
  readonly root: string;
  /** The action's own bundle, a copy for this job alone. */
  readonly bundle: string;
  /** Folder of the files that the runner obeys; it lies in the job's temporary folder, as on GitHub's runners. */
  readonly commandFiles: string;
  readonly read: (path: string) => string;
  /** What the step left for the environment of later ones. */
  readonly variables: () => string;
  readonly summary: () => string;
  /** @param watch is called with the log so far whenever something is added, until it answers true */
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    watch?: (log: string, child: ChildProcess) => boolean,
  ) => Promise<RepairStep>;
  readonly remove: () => void;
};

export function openRepairJob(files: Readonly<Record<string, string>>): RepairJob {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "repair-job-")));
  const [workspace, temp, task] = ["workspace", "temp", "task"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const bundle = join(root, "action", "dist");
  for (const part of ["dist", "recipes"])
    cpSync(join(ACTION, part), join(root, "action", part), { recursive: true });
  const commandFiles = join(temp, "_runner_file_commands");
  for (const folder of [workspace, commandFiles, task]) mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(workspace, path), content);
  const base = commitAll(workspace);
  writeFileSync(join(task, "prompt.md"), "Repair it.\n");
  const environment = {
    PATH: process.env["PATH"] ?? "",
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ACTIONS_RUNTIME_TOKEN: "runtime-token",
    ...Object.fromEntries(
      ["OUTPUT", "ENV", "PATH", "STATE", "STEP_SUMMARY"].map((name) => [
        `GITHUB_${name}`,
        join(commandFiles, name),
      ]),
    ),
  };
  const read = (name: string) => readFileSync(join(commandFiles, name), "utf8");
  return {
    root,
    bundle,
    commandFiles,
    read: (path) => readFileSync(join(workspace, path), "utf8"),
    variables: () => read("ENV") + read("PATH") + read("STATE"),
    summary: () => read("STEP_SUMMARY"),
    run: async (given, watch = () => false) => {
      for (const name of ["OUTPUT", "ENV", "PATH", "STATE", "STEP_SUMMARY"])
        writeFileSync(join(commandFiles, name), "");
      const inputs = { agent: "command", "base-sha": base, "prompt-file": join(task, "prompt.md"), ...given };
      const variables = Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]);
      const { code, log } = await runBundle(
        join(bundle, "index.js"),
        { ...environment, ...Object.fromEntries(variables) },
        workspace,
        watch,
      );
      return { code, log, outputs: readOutputs(read("OUTPUT")) };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function commitAll(folder: string): string {
  const env = {
    PATH: process.env["PATH"],
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_COMMITTER_DATE: "@0 +0000",
  };
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: folder,
      env,
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "base", "--date", "@0 +0000");
  return git("rev-parse", "HEAD").toString().trim();
}

function runBundle(
  program: string,
  env: Record<string, string>,
  cwd: string,
  watch: (log: string, child: ChildProcess) => boolean,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
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
