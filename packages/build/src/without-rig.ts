/**
 * `npm run test:product`: copies the repository without packages/rig, installs there, and checks what is left. The
 * product must not need what tests it. The copy is kept if a step fails.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "./repository.ts";

/** The lockfile is made there: it loses what only the rig installs. */
const STEPS = [
  ["pnpm", "--", "install", "--no-frozen-lockfile", "--prefer-offline", "--loglevel=error"],
  ["generate", "--", "--check"],
  ["typecheck"],
  ["build"],
  ["test:unit"],
];

const copy = mkdtempSync(join(tmpdir(), "patchpilot-product-"));
// Some tests run its Node as another account.
chmodSync(copy, 0o755);
for (const path of readProductPaths()) cpSync(join(REPOSITORY, path), join(copy, path));

const failed = STEPS.find((step) => !run(step));
if (failed === undefined) {
  rmSync(copy, { recursive: true });
} else {
  console.error(`\`npm run ${failed.join(" ")}\` fails without packages/rig. The copy is in ${copy}.`);
  process.exitCode = 1;
}

/** Files that git knows or would add; a deleted one may still be in its index. */
function readProductPaths(): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  return list
    .split("\0")
    .filter((path) => path !== "" && !path.startsWith("packages/rig/") && existsSync(join(REPOSITORY, path)));
}

/** @returns whether it went well */
function run(step: readonly string[]): boolean {
  console.log(`> npm run ${step.join(" ")}`);
  return spawnSync("npm", ["run", "--silent", ...step], { cwd: copy, stdio: "inherit" }).status === 0;
}
