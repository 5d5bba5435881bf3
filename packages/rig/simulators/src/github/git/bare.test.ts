import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GitHubEvent } from "../state/github-event.ts";
import { type OpenGitHub, openGitHub } from "../testing/open-github.ts";

let folder: string;
let gitDir: string;
let github: OpenGitHub;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "github-simulator-"));
  gitDir = join(folder, "shop.git");
  const files = { "cart.ts": "export const total = 1;\n", "README.md": "# Shop\n" };
  github = openGitHub({ repositories: [{ owner: "acme", name: "shop", gitDir, files }] });
});

afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: string[]): string {
  const identity = ["-c", "user.name=dev", "-c", "user.email=dev@example.com"];
  return execFileSync("git", [...identity, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

test("real git clones the repository and finds a branch that was made through the API", async () => {
  const { rest, token } = github;
  const main = (await rest(token(), "GET /repos/acme/shop/git/ref/heads/main")).body.object.sha;
  const tree = await rest(token(), "POST /repos/acme/shop/git/trees", {
    base_tree: main,
    tree: [{ path: "cart.ts", mode: "100644", type: "blob", content: "export const total = 2;\n" }],
  });
  const commit = await rest(token(), "POST /repos/acme/shop/git/commits", {
    message: "Fix the cart",
    tree: tree.body.sha,
    parents: [main],
  });
  await rest(token(), "POST /repos/acme/shop/git/refs", { ref: "refs/heads/fix", sha: commit.body.sha });
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  git("-C", "clone", "checkout", "--quiet", "fix");
  expect(readFileSync(join(folder, "clone/cart.ts"), "utf8")).toBe("export const total = 2;\n");
  expect(git("-C", "clone", "fsck", "--strict")).toBe("");
});

test("merging makes a real merge commit that holds both sides", () => {
  const owner = github.world.as("acme");
  owner.push({ branch: "fix", message: "Fix", files: { "cart.ts": "export const total = 2;\n" } });
  owner.push({ branch: "main", message: "Docs", files: { "README.md": "# The shop\n" } });
  const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
  const { mergeCommitOid } = owner.mergePull(number).pull;
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  expect(git("-C", "clone", "rev-parse", "HEAD")).toBe(mergeCommitOid);
  expect(git("-C", "clone", "rev-list", "--parents", "-1", "HEAD").split(" ")).toHaveLength(3);
  expect(readFileSync(join(folder, "clone/cart.ts"), "utf8")).toContain("2");
  expect(readFileSync(join(folder, "clone/README.md"), "utf8")).toContain("The shop");
});

test("what real git pushes is read by the API, also when it was packed, and announced on request", async () => {
  const { world, rest, token } = github;
  const events: GitHubEvent[] = [];
  world.onEvent((event) => events.push(event));
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  writeFileSync(join(folder, "clone/cart.ts"), "export const total = 3;\n");
  git("-C", "clone", "commit", "--quiet", "-am", "Fix");
  git("-C", "clone", "push", "--quiet", "origin", "HEAD:fix");
  git("--git-dir", gitDir, "gc", "--quiet");
  const oid = git("-C", "clone", "rev-parse", "HEAD");
  expect((await rest(token(), "GET /repos/acme/shop/git/ref/heads/fix")).body.object.sha).toBe(oid);
  const file = await rest(token(), "GET /repos/acme/shop/contents/cart.ts?ref=fix", undefined, {
    accept: "application/vnd.github.raw+json",
  });
  expect(file.body).toBe("export const total = 3;\n");
  world.as("acme").noticePushes();
  expect(events.map(({ event, ref }) => [event, ref])).toEqual([
    ["create", "refs/heads/fix"],
    ["push", "refs/heads/fix"],
  ]);
});

test("a ref outside heads and tags is a real ref", () => {
  const main = github.world.repository("acme/shop").git.refs.get("refs/heads/main") ?? "";
  github.world.as("acme").createRef("refs/patchpilot/claims/1-a1", main);
  expect(git("ls-remote", `file://${gitDir}`, "refs/patchpilot/*")).toBe(
    `${main}\trefs/patchpilot/claims/1-a1`,
  );
});

test("real git cannot push over the tag of an immutable release, nor delete it, nor use it again", () => {
  const { world } = github;
  world.setImmutableReleases(true);
  const { id } = world.as("acme").createRelease({ tagName: "v1.0.0" });
  world
    .as("acme")
    .createRef("refs/tags/v1", world.repository("acme/shop").git.refs.get("refs/heads/main") ?? "");
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  git("-C", "clone", "commit", "--quiet", "--allow-empty", "-m", "Later");
  const push =
    (...refs: string[]) =>
    () =>
      git("-C", "clone", "push", "--quiet", "--force", "origin", ...refs);
  expect(push("HEAD:refs/tags/v1.0.0")).toThrow();
  expect(push(":refs/tags/v1.0.0")).toThrow();
  expect(push("HEAD:refs/tags/v1", "HEAD:refs/heads/main")).not.toThrow();
  world.as("acme").deleteRelease(id);
  expect(push("HEAD:refs/tags/v1.0.0")).toThrow();
  expect(push(":refs/tags/v1.0.0")).not.toThrow();
  expect(push("HEAD:refs/tags/v1.0.0")).toThrow();
});

test("an annotated tag that real git pushed leads to its commit", async () => {
  const { rest, token } = github;
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  git("-C", "clone", "tag", "--annotate", "--message", "First", "v1.0.0");
  git("-C", "clone", "push", "--quiet", "origin", "v1.0.0");
  const commit = git("-C", "clone", "rev-parse", "HEAD");
  const ref = await rest(token(), "GET /repos/acme/shop/git/ref/tags/v1.0.0");
  const tag = await rest(token(), `GET /repos/acme/shop/git/tags/${ref.body.object.sha}`);
  expect(tag.body).toMatchObject({
    tag: "v1.0.0",
    message: "First\n",
    object: { sha: commit, type: "commit" },
  });
  const list = await rest(token(), "GET /repos/acme/shop/tags");
  expect(list.body).toMatchObject([{ name: "v1.0.0", commit: { sha: commit } }]);
  expect((await rest(token(), "GET /repos/acme/shop/commits/v1.0.0")).body.sha).toBe(commit);
});

test("an empty repository takes its first commit from a push of real git", async () => {
  const empty = join(folder, "empty.git");
  const { rest, token } = openGitHub({
    repositories: [{ owner: "acme", name: "intake", gitDir: empty, empty: true }],
  });
  expect((await rest(token(), "GET /repos/acme/intake/tags")).body).toEqual([]);
  expect((await rest(token(), "POST /repos/acme/intake/releases", { tag_name: "v1" })).status).toBe(422);
  git("clone", "--quiet", `file://${gitDir}`, "clone");
  git("-C", "clone", "push", "--quiet", "--atomic", `file://${empty}`, "HEAD:main", "HEAD:refs/tags/v1.0.0");
  const draft = { tag_name: "v1.0.0", draft: true };
  expect((await rest(token(), "POST /repos/acme/intake/releases", draft)).status).toBe(201);
});

test("a repository that exists is opened as it is", () => {
  const before = github.world.repository("acme/shop").git.refs.get("refs/heads/main");
  const again = openGitHub({
    repositories: [{ owner: "acme", name: "shop", gitDir, files: { other: "1" } }],
  });
  expect(again.world.repository("acme/shop").git.refs.get("refs/heads/main")).toBe(before);
});
