import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";

/** A small repository with the steps that build our releases, by name. */
export type SmallSource = {
  readonly git: TestGit;
  /** Commits with other scripts, and gives the commit's SHA. */
  readonly commit: (scripts?: Readonly<Record<string, string>>) => string;
};

/** What its release of an action consists of: `dist/index.js` is a program. */
export const SMALL_RELEASE = { "action.yml": "name: intake\n", "dist/index.js": "ready\n" };

const WRITE_RELEASE = `
import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
const [action, target] = process.argv.slice(2);
mkdirSync(target + "/dist", { recursive: true });
writeFileSync(target + "/action.yml", "name: " + action + "\\n");
cpSync("built", target + "/dist/index.js");
chmodSync(target + "/dist/index.js", 0o755);
`;

/** It brings its own Node, as ours does. */
const SCRIPTS = {
  setup: `mkdir -p node_modules/.bin && ln -s '${process.execPath}' node_modules/.bin/node && echo ready > ready`,
  build: "cat ready > built",
};

export function makeSmallSource(folder: string): SmallSource {
  const git = testGit(folder);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("packages/build/src/release-tree.ts", WRITE_RELEASE);
  write("actions/intake/package.json", '{ "version": "1.0.0" }');
  git(["init", "--quiet", "--initial-branch=main"]);
  const commit: SmallSource["commit"] = (scripts = {}) => {
    write("package.json", JSON.stringify({ name: "small", scripts: { ...SCRIPTS, ...scripts } }));
    git(["add", "--all"]);
    git(["commit", "--quiet", "--message", "x"]);
    return git(["rev-parse", "HEAD"]).toString().trim();
  };
  return { git, commit };
}
