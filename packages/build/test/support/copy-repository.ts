import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { REPOSITORY } from "../../src/repository.ts";

/** Copies the files that git knows or would take in, as they are here. */
export function copyRepository(target: string): void {
  const list = testGit(REPOSITORY)(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const files = list.toString().split("\0").filter(Boolean);
  for (const file of files.filter((file) => existsSync(join(REPOSITORY, file)))) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(target, file));
  }
}

/** Gives the monorepo and every action of a copy one version. */
export function setVersions(target: string, version: string): void {
  const places = ["package.json", ...globSync("actions/*/{package.json,src/contract.ts}", { cwd: target })];
  for (const file of places.map((path) => join(target, path)))
    writeFileSync(file, readFileSync(file, "utf8").replace(/^( {2}"?version"?: )".*"/m, `$1"${version}"`));
}
