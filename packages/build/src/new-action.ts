/**
 * `npm run new-action NAME`: writes a small action that works, links it into the workspace, and generates what
 * follows from its contract.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { actionFiles, refuseName } from "./new-action/action-files.ts";
import { REPOSITORY } from "./repository.ts";

const [name] = process.argv.slice(2);
const refusal = refuseName(name, readdirSync(join(REPOSITORY, "actions")));
if (name === undefined || refusal !== undefined) {
  console.error(refusal);
  process.exitCode = 1;
} else {
  const folder = join(REPOSITORY, "actions", name);
  write(name, folder);
  if (link(folder)) explain(name);
  else giveUp(folder);
}

function write(name: string, folder: string): void {
  for (const [path, text] of actionFiles(name, versionOfZod())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    console.log(`wrote actions/${name}/${path}`);
  }
}

/** @returns whether the workspace knows the action, and what follows from its contract is written */
function link(folder: string): boolean {
  if (!npm("pnpm", "install", "--prefer-offline", "--loglevel=error")) return false;
  writeFileSync(join(folder, "action.yml"), "");
  return npm("generate");
}

function explain(name: string): void {
  console.log(
    [
      "",
      `It counts accepted incidents. Make it your own: begin with actions/${name}/src/contract.ts.`,
      "",
      `  npm run test:unit -- actions/${name}`,
      "  npm run build",
      "",
      "When it works, add it by hand to:",
      "",
      "  packages/rig/conformance/try/scenarios.ts         npm run try runs it",
      "  packages/rig/conformance/tests/bundles/support/stages.ts   the tests of every action's settings and bad inputs run it",
      "  README.md                                     users find it",
      "  .changeset                                    npm run changeset announces it",
    ].join("\n"),
  );
}

/** The version that every action uses. */
function versionOfZod(): string {
  const manifest = readFileSync(join(REPOSITORY, "packages/build/package.json"), "utf8");
  return (JSON.parse(manifest) as { dependencies: { zod: string } }).dependencies.zod;
}

/** The reason is on the terminal; a half-made action would be in the way of the next try. */
function giveUp(folder: string): void {
  rmSync(folder, { recursive: true });
  console.error(`${folder} is deleted again. Mend what failed above, then run this once more.`);
  process.exitCode = 1;
}

/** @returns whether it went well */
function npm(script: string, ...args: readonly string[]): boolean {
  const options = { cwd: REPOSITORY, stdio: "inherit" } as const;
  return spawnSync("npm", ["run", "--silent", script, "--", ...args], options).status === 0;
}
