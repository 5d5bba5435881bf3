// @ts-check
// Installs what the demo needs, builds the actions if their sources are newer than their bundles, and plays under the
// Node that was installed.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { explainFailure } from "./explain-failure.mjs";
import { installerEnvironment } from "./installer-environment.mjs";
import { ROOT, runCommand } from "./run-command.mjs";

const PARTS = ["@patchpilot/demo...", "{./actions/*}...", "@patchpilot/build...", "patchpilot"];

// The terminal sends Ctrl-C to every process of the demo; this one waits for the others to clean up.
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    isStopped = true;
  });

process.exitCode = (await install()) || (await build()) || (await play());

/** Of the tools that only check the code nothing is installed, and nothing is taken away where they are. */
async function install() {
  const isWhole = existsSync(join(ROOT, "node_modules/.bin/vitest"));
  const isNew = changedAt(join(ROOT, "node_modules/.pnpm-workspace-state-v1.json")) < lockedAt();
  if (isNew) console.log("Installing what the demo needs (about 1 minute, 390 MB in this folder) …");
  const parts = isWhole ? [] : ["--prod", ...PARTS.flatMap((part) => ["--filter", part])];
  const options = ["install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"];
  const { status, output } = await pnpm([...options, ...parts], isNew ? showProgress : () => undefined);
  if (status !== 0 && !isStopped) console.error(explainFailure(output));
  return status;
}

/** @param {string} text */
function showProgress(text) {
  const [, all, count] = /^Progress: resolved (\d+),.* added (\d+)/m.exec(text) ?? [];
  if (count !== undefined) console.log(`  ${count} of ${all} packages`);
}

async function build() {
  const actions = foldersIn("actions").filter((folder) => existsSync(join(folder, "src/main.ts")));
  const bundles = actions.map((folder) => changedAt(join(folder, "dist/index.js")));
  const sources = [...foldersIn("packages"), ...actions].map((folder) => newestIn(join(folder, "src")));
  if (Math.min(...bundles) > Math.max(lockedAt(), ...sources)) return 0; // What others wrote is bundled, too.
  console.log("Building the actions, once after every change of the sources (about 1 minute) …");
  const { status } = await pnpm([
    "--reporter=silent",
    "--recursive",
    "--filter",
    "{./actions/*}...",
    "run",
    "build",
  ]);
  if (status !== 0 && !isStopped)
    console.error("The actions cannot be built. If nothing above says why, `npm run build` does.");
  return status;
}

async function play() {
  const main = join(ROOT, "packages/rig/demo/src/main.ts");
  const { status } = await runCommand("node", ["--conditions=source", main, ...process.argv.slice(2)]);
  return status;
}

function lockedAt() {
  return changedAt(join(ROOT, "pnpm-lock.yaml"));
}

/** @param {string} name */
function foldersIn(name) {
  return readdirSync(join(ROOT, name)).map((folder) => join(ROOT, name, folder));
}

/** @param {string} folder */
function newestIn(folder) {
  if (!existsSync(folder)) return 0;
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true })).filter(
    (file) => !/\.test\.ts$|\btesting\b/.test(file),
  );
  return Math.max(...files.map((file) => changedAt(join(folder, file))));
}

/** @param {string} path */
function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/**
 * @param {string[]} args
 * @param {(text: string) => void} [onOutput]
 */
function pnpm(args, onOutput) {
  const env = installerEnvironment(process.env);
  // npm 12 asks before it runs an install script; pnpm's puts a program where other programs can start it.
  return runCommand("npx", ["-y", "--allow-scripts=pnpm", "pnpm@12.21.0", ...args], { env, onOutput });
}
