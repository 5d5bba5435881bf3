import { rmSync } from "node:fs";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { askRemote, releaseWorld, showWorld } from "./testing/play-release.ts";
import { makeReleaseWorld, type ReleaseWorld } from "./testing/release-world.ts";
import { pushMain } from "./testing/small-monorepo.ts";

let world: ReleaseWorld;
beforeEach(async () => {
  world = await makeReleaseWorld();
});
afterEach(() => world.close());

/** Releases, and expects a refusal that leaves everything as it was. */
async function expectRefusal(): Promise<string> {
  const before = showWorld(world);
  const { refusals } = await releaseWorld(world);
  expect(showWorld(world)).toEqual(before);
  return refusals.join("\n");
}

/** Sets a tag in the repository of `intake` to a commit that somebody made there. */
function forge(tag: string, message: string, index = (): void => {}): void {
  const folder = join(world.remotes, "intake");
  const git = testGit(folder, { GIT_INDEX_FILE: join(folder, "forged-index") });
  index();
  const tree = git(["write-tree"]).toString().trim();
  const commit = git(["commit-tree", tree, "-F", "-"], message).toString().trim();
  git(["update-ref", `refs/tags/${tag}`, commit]);
}

/** The index of a forged commit: the release's files, with another `dist`. */
function putOtherDist(): void {
  const folder = join(world.remotes, "intake");
  const git = testGit(folder, { GIT_INDEX_FILE: join(folder, "forged-index") });
  const blob = git(["hash-object", "-w", "--stdin"], "steal();\n").toString().trim();
  git(["read-tree", "v1.0.0"]);
  git(["update-index", "--cacheinfo", `100644,${blob},dist/index.js`]);
}

test("a tag whose commit does not say what it was built from is refused as forged", async () => {
  forge("v1.0.0", "intake v1.0.0\n");
  expect(await expectRefusal()).toContain("The tag of patchpilot/intake v1.0.0 was not made by a release");
});

test("a tag object in the place of a commit is refused as forged", async () => {
  await releaseWorld(world);
  const commit = askRemote(world, "intake", "rev-parse", "v1.0.0");
  askRemote(world, "intake", "tag", "--force", "--annotate", "--message", "x", "v1.0.0", commit);
  expect(await expectRefusal()).toContain("was not made by a release");
});

test("a tag that names this commit as its source but has another dist is refused", async () => {
  await releaseWorld(world);
  const message = askRemote(world, "intake", "log", "-1", "--format=%B", "v1.0.0");
  forge("v1.0.0", `${message}\n`, putOtherDist);
  expect(await expectRefusal()).toContain("does not have the digest that its commit names");
});

test("a tag of another commit of the same source is refused, even if its dist is right", async () => {
  await releaseWorld(world);
  const message = askRemote(world, "intake", "log", "-1", "--format=%B", "v1.0.0");
  forge("v1.0.0", `${message}\n`, () => {
    const folder = join(world.remotes, "intake");
    const git = testGit(folder, { GIT_INDEX_FILE: join(folder, "forged-index") });
    const blob = git(["hash-object", "-w", "--stdin"], "name: other\n").toString().trim();
    git(["read-tree", "v1.0.0"]);
    git(["update-index", "--cacheinfo", `100644,${blob},action.yml`]);
  });
  expect(await expectRefusal()).toContain("but this build makes another commit (action.yml)");
});

test("a version below the newest tag is refused", async () => {
  await releaseWorld(world);
  world.monorepo.change({}, { intake: "0.9.0", ".": "1.0.1" });
  pushMain(world.remotes, world.monorepo);
  expect(await expectRefusal()).toContain("patchpilot/intake v0.9.0 is lower than v1.0.0");
});

test("a main with commits that no release made is refused", async () => {
  await releaseWorld(world);
  const tree = askRemote(world, "intake", "rev-parse", "main^{tree}");
  const commit = askRemote(world, "intake", "commit-tree", tree, "-p", "main", "-m", "by hand");
  askRemote(world, "intake", "update-ref", "refs/heads/main", commit);
  world.monorepo.change({}, { intake: "1.0.1", ".": "1.0.1" });
  pushMain(world.remotes, world.monorepo);
  expect(await expectRefusal()).toContain("main of patchpilot/intake has commits that no release made");
});

test("a commit that is not on main of the monorepo is refused", async () => {
  world.monorepo.change({ LICENSE: "MIT, too\n" });
  expect(await expectRefusal()).toMatch(/^The commit \w{40} is not on main of patchpilot\/patchpilot\. Push/);
});

test("an action with another version is refused while the monorepo has the old one", async () => {
  await releaseWorld(world);
  world.monorepo.change({}, { intake: "1.0.1" });
  pushMain(world.remotes, world.monorepo);
  expect(await expectRefusal()).toContain("pins earlier versions of intake. Raise `version` in package.json");
});

test("a draft that holds another bill of materials is refused", async () => {
  await releaseWorld(world);
  Object.assign(world.github.releases.get("intake")?.[0]?.assets[0] ?? {}, {
    digest: `sha256:${"0".repeat(64)}`,
  });
  expect(await expectRefusal()).toContain(
    "The draft of patchpilot/intake v1.0.0 holds another sbom.cdx.json",
  );
});

test("a repository that is missing is named, with what helps", async () => {
  rmSync(join(world.remotes, "intake"), { recursive: true });
  await expect(releaseWorld(world)).rejects.toThrow(
    /intake cannot be read: .* Check that the repository is there and that the token may reach it\.$/,
  );
});
