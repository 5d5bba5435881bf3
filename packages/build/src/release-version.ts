/**
 * `npm run release:version`: makes versions and changelogs of the actions from the changesets, raises the version of the
 * monorepo as far as the action that is raised most, and generates what follows.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { decideRootVersion } from "./releasing/versions/decide-root-version.ts";
import { type Changesets, refuseChangesets } from "./releasing/versions/refuse-changesets.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

type Manifest = { readonly name: string; readonly version: string };

process.exitCode = raiseVersions();

/** @returns the exit status */
function raiseVersions(): number {
  const before = readActions();
  const refusal = refuseChangesets(
    readChangesets(),
    before.map(({ manifest }) => manifest.name),
  );
  if (refusal !== undefined) return fail(refusal);
  if (!run(join(REPOSITORY, "node_modules/.bin/changeset"), "version"))
    return fail("`changeset version` failed. Mend what it says above, and run this again.");
  const version = decideRootVersion(
    readManifest(REPOSITORY).version,
    mapVersions(before),
    mapVersions(readActions()),
  );
  if (version === undefined)
    return fail("No changeset raises a version. Give one of them a patch, minor or major.");
  writeVersion(version);
  console.log(`patchpilot ${version}`);
  const generate = join(REPOSITORY, "packages/build/src/generate.ts");
  return run(process.execPath, "--conditions=source", generate) ? 0 : 1;
}

type Action = { readonly action: string; readonly manifest: Manifest };

function readActions(): Action[] {
  return actionFolders().map((folder) => ({ action: basename(folder), manifest: readManifest(folder) }));
}

function mapVersions(actions: readonly Action[]): Record<string, string> {
  return Object.fromEntries(actions.map(({ action, manifest }) => [action, manifest.version]));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function readChangesets(): Changesets {
  const folder = join(REPOSITORY, ".changeset");
  const files = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function writeVersion(version: string): void {
  const file = join(REPOSITORY, "package.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^( {2}"version": )".*"/m, `$1"${version}"`));
}

/** @returns whether it went well */
function run(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: REPOSITORY, stdio: "inherit" }).status === 0;
}

function fail(sentence: string): number {
  console.error(sentence);
  return 1;
}
