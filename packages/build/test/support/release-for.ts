import { execFile } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { readReleaseSource } from "../../src/releasing/release-source.ts";
import { writeActionTree } from "../../src/releasing/trees/action-tree.ts";
import { actionFolders, REPOSITORY } from "../../src/repository.ts";
import { copyInstalled } from "./copy-installed.ts";

const OWNER_LINE = "packages/owner/src/owner.ts";
const run = promisify(execFile);

/** Names of all actions. */
export const ACTIONS = actionFolders().map((folder) => basename(folder));

/** Writes the release trees of all actions as they are built here. */
export async function releaseHere(target: string): Promise<void> {
  const source = await readReleaseSource(REPOSITORY);
  for (const action of ACTIONS) writeActionTree(source, action, join(target, action));
}

/**
 * Writes the release trees of all actions as another owner would: the one line is changed in a copy, and what follows
 * from it is compiled and bundled there.
 * @param copy an empty folder
 */
export async function releaseFor(owner: string, copy: string, target: string): Promise<void> {
  const tools = { folder: "packages/build", dependencies: ["@vercel/ncc", "oxc-minify"] };
  const packages = [...ACTIONS.map((action) => `actions/${action}`), "packages/owner"];
  copyInstalled(REPOSITORY, [...packages.map((folder) => ({ folder })), tools], copy);
  for (const name of ["tsconfig.base.json", "tsconfig.build.json"])
    copyFileSync(join(REPOSITORY, name), join(copy, name));
  await changeOwnerLine(owner, copy);
  const left = [...ACTIONS];
  const bundleNext = async (): Promise<void> => {
    for (let action = left.pop(); action !== undefined; action = left.pop())
      await run(process.execPath, ["--conditions=source", "../../packages/build/src/bundle.ts"], {
        cwd: join(copy, "actions", action),
      });
  };
  await Promise.all([bundleNext(), bundleNext()]);
  const source = { ...(await readReleaseSource(REPOSITORY)), owner };
  for (const action of ACTIONS) {
    const dist = join(target, action, "dist");
    writeActionTree(source, action, join(target, action));
    rmSync(dist, { recursive: true });
    cpSync(join(copy, "actions", action, "dist"), dist, { recursive: true });
  }
}

/** Files of the copy may be this repository's own by a second name, so that they are not written to. */
async function changeOwnerLine(owner: string, copy: string): Promise<void> {
  const text = readFileSync(join(copy, OWNER_LINE), "utf8");
  const line = /(?<=OWNER: string = ")[\w-]+/;
  if (!line.test(text)) throw new Error(`${OWNER_LINE} has no line that names the owner.`);
  rmSync(join(copy, OWNER_LINE));
  writeFileSync(join(copy, OWNER_LINE), text.replace(line, owner));
  rmSync(join(copy, "packages/owner/lib"), { recursive: true });
  const modules = join(REPOSITORY, "node_modules");
  await run(process.execPath, [
    join(modules, "typescript/bin/tsc"),
    ...["-p", join(copy, "packages/owner/tsconfig.build.json")],
    ...["--typeRoots", join(modules, "@types")],
  ]);
}
