import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeActionTree } from "@patchpilot/build/action-tree";
import { type ReleaseSource, readReleaseSource } from "@patchpilot/build/release-source";
import { REPOSITORY } from "@patchpilot/build/repository";
import { testGit } from "@patchpilot/git/testing";
import { commitTree } from "./commit-tree.ts";

/** The repositories of an owner as they are on GitHub after a release: bare ones, `<name>.git` in one folder. */
export type ReleasedRepositories = {
  readonly folder: string;
  readonly owner: string;
  /** The released commit of each repository, by its name. `v1.0.0` and `v1` are there. */
  readonly commits: Readonly<Record<string, string>>;
};

const MONOREPO = "patchpilot";
const REPAIR = ".github/workflows/repair.yml";
const COPIED = [
  "README.md",
  "actions/repair/templates/patchpilot-repair.yml",
  "actions/repair/templates/patchpilot-task.yml",
];

/**
 * Releases this checkout, whose actions are built, into a folder.
 * @param folder empty, outside the checkout
 */
export async function makeReleasedRepositories(folder: string): Promise<ReleasedRepositories> {
  const source = await readReleaseSource(REPOSITORY);
  const { owner } = source;
  const commits: Record<string, string> = {};
  for (const action of Object.keys(source.actions)) {
    const tree = join(folder, "trees", action);
    writeActionTree(source, action, tree);
    commits[action] = commitTree(join(folder, `${action}.git`), tree, `${action} v1.0.0`);
    tag(folder, action);
  }
  commits[MONOREPO] = releaseMonorepo(folder, source, commits);
  return { folder, owner, commits };
}

/** Two commits: what users copy names the first, whose repair workflow names the actions' commits. */
function releaseMonorepo(
  folder: string,
  { owner }: ReleaseSource,
  commits: Readonly<Record<string, string>>,
): string {
  const tree = join(folder, "trees", MONOREPO);
  const commit = () => commitTree(join(folder, `${MONOREPO}.git`), tree, `${MONOREPO} v1.0.0`);
  write(join(tree, REPAIR), pin(readFileSync(join(REPOSITORY, REPAIR), "utf8"), owner, commits));
  const first = commit();
  for (const path of COPIED) {
    const text = pin(readFileSync(join(REPOSITORY, path), "utf8"), owner, commits);
    write(
      join(tree, path),
      text.replaceAll(`${MONOREPO}/${REPAIR}@v1`, `${MONOREPO}/${REPAIR}@${first} # v1.0.0`),
    );
  }
  const second = commit();
  tag(folder, MONOREPO);
  return second;
}

const pin = (text: string, owner: string, commits: Readonly<Record<string, string>>): string =>
  text.replace(
    /(uses: )[\w-]+\/([\w-]+)@v1$/gm,
    (_, uses: string, name: string) => `${uses}${owner}/${name}@${commits[name]} # v1.0.0`,
  );

function tag(folder: string, name: string): void {
  const git = testGit(join(folder, `${name}.git`));
  for (const version of ["v1.0.0", "v1"]) git(["tag", version, "main"]);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
