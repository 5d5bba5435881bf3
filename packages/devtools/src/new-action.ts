/**
 * `npm run new-action NAME`: writes a small action that works, links it into the workspace, and generates what
 * follows from its contract.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { actionFiles, refuseName } from "./new-action/action-files.ts";
import { REPOSITORY } from "./repository.ts";

const [name] = process.argv.slice(2);
const refusal = refuseName(name, readdirSync(join(REPOSITORY, "actions")));
if (name === undefined || refusal !== undefined) {
  console.error(refusal);
  process.exitCode = 1;
} else create(name);

function create(name: string): void {
  const folder = join(REPOSITORY, "actions", name);
  for (const [path, text] of actionFiles(name, versionOfZod())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    console.log(`wrote actions/${name}/${path}`);
  }
  npm("pnpm", "install", "--prefer-offline", "--reporter=silent");
  writeFileSync(join(folder, "action.yml"), "");
  npm("generate");
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
      "  packages/conformance/try/scenarios.ts         npm run try runs it",
      "  packages/conformance/test/support/stages.ts   the tests of every action's settings and bad inputs run it",
      "  README.md                                     users find it",
      "  .changeset                                    npm run changeset announces it",
    ].join("\n"),
  );
}

/** The version that every action uses. */
function versionOfZod(): string {
  const manifest = readFileSync(join(REPOSITORY, "packages/devtools/package.json"), "utf8");
  return (JSON.parse(manifest) as { dependencies: { zod: string } }).dependencies.zod;
}

function npm(script: string, ...args: readonly string[]): void {
  execFileSync("npm", ["run", "--silent", script, "--", ...args], { cwd: REPOSITORY, stdio: "inherit" });
}
