// `npm run demo`, on any Node from 20 on: installs what the demo needs, builds the actions if their sources are newer
// than their bundles, and plays under the Node that was installed.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BINARIES = [join(ROOT, "packages/demo/node_modules/.bin"), join(ROOT, "node_modules/.bin")];
const PARTS = ["@patchpilot/demo...", "{./actions/*}...", "@patchpilot/devtools...", "patchpilot"];

// The terminal sends Ctrl-C to every process of the demo; this one waits for the others to clean up.
process.on("SIGINT", () => undefined);

process.exitCode =
  (await install()) ||
  (await build()) ||
  (await run("node", ["--conditions=source", main(), ...process.argv.slice(2)]));

function main() {
  return join(ROOT, "packages/demo/src/main.ts");
}

/** Of the tools that only check the code nothing is installed, and nothing is taken away where they are. */
async function install() {
  const isWhole = existsSync(join(ROOT, "node_modules/.bin/vitest"));
  const parts = isWhole ? [] : ["--prod", ...PARTS.flatMap((part) => ["--filter", part])];
  const options = ["install", "--frozen-lockfile", "--prefer-offline", "--loglevel=error"];
  const status = await pnpm([...options, ...parts]);
  if (!isWhole && status === 0) removeUnread();
  return status;
}

/** C headers and source maps are a third of what was installed; nothing here compiles or debugs with them. */
function removeUnread() {
  const store = join(ROOT, "node_modules/.pnpm");
  for (const path of readdirSync(store, { recursive: true }))
    if (path.endsWith(".map")) rmSync(join(store, path), { force: true });
  for (const name of readdirSync(store).filter((name) => name.startsWith("node@"))) {
    const inside = join(store, name, "node_modules/node/node_modules");
    for (const platform of existsSync(inside) ? readdirSync(inside) : [])
      rmSync(join(inside, platform, "include"), { recursive: true, force: true });
  }
}

async function build() {
  const actions = foldersIn("actions").filter((folder) => existsSync(join(folder, "src/main.ts")));
  const bundles = actions.map((folder) => changedAt(join(folder, "dist/index.js")));
  const sources = [...foldersIn("packages"), ...actions].map((folder) => newestIn(join(folder, "src")));
  const installed = changedAt(join(ROOT, "pnpm-lock.yaml")); // What others wrote is bundled, too.
  if (Math.min(...bundles) > Math.max(installed, ...sources)) return 0;
  console.log("Building the actions, once after every change of the sources …");
  return pnpm(["--reporter=silent", "--recursive", "--filter", "{./actions/*}...", "run", "build"]);
}

function foldersIn(name) {
  return readdirSync(join(ROOT, name)).map((folder) => join(ROOT, name, folder));
}

function newestIn(folder) {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true }).filter(
    (file) => !/\.test\.ts$|\btesting\b/.test(file),
  );
  return Math.max(...files.map((file) => changedAt(join(folder, file))));
}

function changedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function pnpm(args) {
  return run("npx", ["-y", "pnpm@12.21.0", ...args]);
}

/** Runs a command to its end, with the tools of the workspace before those of the machine. */
function run(command, args) {
  const path = [...BINARIES, process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, npm_config_loglevel: "error" };
  const child = spawn(command, args, {
    cwd: ROOT,
    env,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const passOn = (signal) => child.kill(signal);
  process.once("SIGTERM", passOn);
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`${command} cannot be started: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (status) => {
      process.off("SIGTERM", passOn);
      resolve(status ?? 1);
    });
  });
}
