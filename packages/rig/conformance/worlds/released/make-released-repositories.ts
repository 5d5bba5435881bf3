import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { makeCheckout } from "@patchpilot/build/release-checkout";
import { actionFolders, REPOSITORY } from "@patchpilot/build/repository";
import { testGit } from "@patchpilot/git/testing";
import { OWNER, REPOSITORY_NAME } from "@patchpilot/owner";
import { listen } from "@patchpilot/simulators";
import { VirtualClock } from "@patchpilot/simulators/clock";
import { createGitHubSimulator, createGitHubWorld } from "@patchpilot/simulators/github";

/** The repositories of an owner as they are on GitHub after a release: bare ones, `<name>.git` in one folder. */
export type ReleasedRepositories = {
  readonly folder: string;
  readonly owner: string;
  /** The released commit of each repository, by its name. `v1.0.0` and `v1` are there. */
  readonly commits: Readonly<Record<string, string>>;
};

const RELEASE = join(REPOSITORY, "packages/build/src/release.ts");

/**
 * Releases this checkout, whose actions are built, into a folder by `npm run release`, and moves `v1` as a promotion does.
 * @param folder empty, outside the checkout
 */
export async function makeReleasedRepositories(folder: string): Promise<ReleasedRepositories> {
  const checkout = makeCheckout(join(folder, "checkout"), "1.0.0");
  const names = [...actionFolders().map((path) => basename(path)), REPOSITORY_NAME];
  const gitDir = (name: string): string => join(folder, `${name}.git`);
  for (const name of names)
    testGit(folder)(["init", "--quiet", "--bare", "--initial-branch=main", gitDir(name)]);
  checkout.git(["push", "--quiet", gitDir(REPOSITORY_NAME), "HEAD:refs/heads/main"]);
  await release(folder, checkout.folder, names);
  for (const name of names) testGit(gitDir(name))(["tag", "v1", "v1.0.0"]);
  const commits = names.map((name) => [name, testGit(gitDir(name))(["rev-parse", "v1"]).toString().trim()]);
  return { folder, owner: OWNER, commits: Object.fromEntries(commits) };
}

/** Runs the release before GitHub's simulator, whose repositories are the bare ones of the folder. */
async function release(folder: string, source: string, names: readonly string[]): Promise<void> {
  const repositories = names.map((name) => ({
    owner: OWNER,
    name,
    gitDir: join(folder, `${name}.git`),
    empty: true,
  }));
  const world = createGitHubWorld({ clock: new VirtualClock("2026-11-29T12:00:00Z"), repositories });
  const token = world.mintToken({
    actor: { login: "release[bot]", id: 778, type: "Bot" },
    permissions: { contents: "write" },
    repositories: names.map((name) => `${OWNER}/${name}`),
  });
  const door = await listen(createGitHubSimulator(world));
  const remote = `${pathToFileURL(folder).href}/`;
  try {
    await promisify(execFile)(
      process.execPath,
      ["--conditions=source", RELEASE, "--source", source, "--remote", remote],
      { env: { PATH: process.env["PATH"], GITHUB_API_URL: door.url, RELEASE_TOKEN: token } },
    );
  } finally {
    await door.close();
  }
}
