import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReleasedRepositories } from "../worlds/released/make-released-repositories.ts";
import { resolveUses } from "../worlds/released/resolve-uses.ts";
import { ACT_REPOSITORY, type ActStage } from "./act-stage.ts";

/** A workflow of the repository. */
export type ActWorkflow = {
  /** Its name in `.github/workflows`. */
  readonly file: string;
  readonly text: string;
};

/** A checkout with one workflow, and the actions that it uses, as act wants them. */
export type ActBench = {
  readonly folder: string;
  /** Runs the workflow for an event; every run has a number of its own. */
  readonly run: (event: string, payload: Readonly<Record<string, unknown>>) => Promise<ActRun>;
  readonly remove: () => void;
};

export type ActRun = { readonly exitCode: number; readonly log: string };

/**
 * Lays out a repository with the workflow, and what it uses of the released repositories.
 * @param act the program
 */
export async function layOut(
  act: string,
  released: ReleasedRepositories,
  workflow: ActWorkflow,
  stage: ActStage,
): Promise<ActBench> {
  const folder = mkdtempSync(join(tmpdir(), "patchpilot-act-"));
  const checkout = join(folder, "checkout");
  writeText(join(checkout, FOLDER, workflow.file), workflow.text);
  commit(checkout);
  const { actions, calledWorkflows } = await resolveUses(released, [workflow.text], join(folder, "actions"));
  const standIns = findStandIns([workflow.text, ...Object.values(calledWorkflows)].join("\n"));
  const local = Object.entries({ ...actions, ...standIns }).map((pair) => pair.join("="));
  let runs = 0;
  return {
    folder,
    run: (event, payload) => {
      runs += 1;
      const file = join(folder, `event-${runs}.json`);
      writeFileSync(file, JSON.stringify(payload));
      const where = ["-W", `${FOLDER}/${workflow.file}`];
      return start(act, checkout, [event, "-e", file, ...where, ...flags(stage, local, runs)]);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const FOLDER = ".github/workflows";

/** What stands for the actions of others. */
function findStandIns(texts: string): Record<string, string> {
  const theirs = [...new Set(texts.match(/actions\/[\w-]+@[0-9a-f]{40}/g))];
  const folderFor = (reference: string): string =>
    fileURLToPath(new URL(`stand-ins/${reference.replace(/^actions\/|@.*$/g, "")}`, import.meta.url));
  return Object.fromEntries(theirs.map((reference) => [reference, folderFor(reference)]));
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** act runs in host mode: no Docker, no image, and `node` from the PATH that it is given. */
function flags(stage: ActStage, local: readonly string[], run: number): string[] {
  const environment = {
    ...stage.environment,
    GITHUB_REPOSITORY: ACT_REPOSITORY,
    GITHUB_REPOSITORY_ID: String(stage.world.repository(ACT_REPOSITORY).id),
    GITHUB_RUN_ID: String(9_000 + run),
  };
  return [
    ...["-P", "ubuntu-latest=-self-hosted"],
    ...local.flatMap((pair) => ["--local-repository", pair]),
    ...pairs("--env", environment),
    ...pairs("--var", stage.variables),
    ...pairs("-s", stage.secrets),
    ...["--action-offline-mode", "--no-cache-server"],
  ];
}

const pairs = (flag: string, values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);

/** act hands its whole environment on to the steps, so that it gets almost none. */
function start(act: string, checkout: string, args: readonly string[]): Promise<ActRun> {
  const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: dirname(checkout) };
  return new Promise((resolve, reject) => {
    const child = spawn(act, args, { cwd: checkout, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    const keep = (chunk: Buffer) => {
      log += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, log }));
  });
}

/** act reads ref and commit from the checkout. */
function commit(checkout: string): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout, stdio: "ignore" });
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  const person = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  git(...person, "commit", "--quiet", "--message", "workflow");
}
