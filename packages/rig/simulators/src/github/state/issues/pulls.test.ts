import { describe, expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

/** A repository with issue #1 and a branch `fix` that changes one file. */
function openBranch() {
  const github = openGitHub();
  const owner = github.world.as("acme");
  owner.openIssue({ title: "Crash" });
  owner.push({ branch: "fix", message: "Fix", files: { "src/cart.ts": "export const total = 2;\n" } });
  return { ...github, owner, repository: github.world.repository("acme/shop") };
}

describe("opening", () => {
  test("a second open pull request of the same branches is refused", () => {
    const { owner } = openBranch();
    owner.openPull({ title: "Fix", head: "fix", base: "main" });
    expect(() => owner.openPull({ title: "Again", head: "acme:fix", base: "main" })).toThrow(
      "Validation Failed",
    );
  });

  test("a closed one is no hindrance", () => {
    const { owner } = openBranch();
    owner.closePull(owner.openPull({ title: "Fix", head: "fix", base: "main" }).number);
    expect(owner.openPull({ title: "Again", head: "fix", base: "main" }).number).toBe(3);
  });

  test("an issue that its body mentions is told, once", () => {
    const { owner, repository } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main", body: "Refs #1" });
    owner.editIssue(number, { body: "Refs #1 and #1" });
    expect(repository.timeline.listGroup(1)).toMatchObject([
      { kind: "cross-referenced", sourceNumber: number },
    ]);
  });
});

describe("merging", () => {
  test("closes the issue that the body says it fixes, and no other", () => {
    const { owner, repository } = openBranch();
    owner.openIssue({ title: "Other" });
    owner.mergePull(
      owner.openPull({ title: "Fix", head: "fix", base: "main", body: "Fixes #1, refs #2" }).number,
    );
    expect([1, 2].map((number) => repository.issues.get(number)?.state)).toEqual(["closed", "open"]);
  });

  test("puts the merge commit on the base branch, with both sides as parents", () => {
    const { owner, repository } = openBranch();
    const before = repository.git.refs.get("refs/heads/main");
    const { pull } = owner.mergePull(owner.openPull({ title: "Fix", head: "fix", base: "main" }).number);
    const commit = repository.git.commit(repository.git.refs.get("refs/heads/main") ?? "");
    expect(commit?.parents).toEqual([before, pull.headOid]);
    expect(pull.mergeCommitOid).toBe(repository.git.refs.get("refs/heads/main"));
  });

  test("is refused for a draft", () => {
    const { owner } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main", draft: true });
    expect(() => owner.mergePull(number)).toThrow("still a draft");
    owner.markReady(number);
    expect(owner.mergePull(number).state).toBe("closed");
  });

  test("is refused where both sides changed the same line", () => {
    const { owner } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
    owner.push({
      branch: "main",
      message: "Meanwhile",
      files: { "src/cart.ts": "export const total = 3;\n" },
    });
    expect(() => owner.mergePull(number)).toThrow("not mergeable");
  });

  test("is refused where the head is not the one that was seen", async () => {
    const { owner, rest, token } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
    const reply = await rest(token(), `PUT /repos/acme/shop/pulls/${number}/merge`, { sha: "0".repeat(40) });
    expect(reply.status).toBe(409);
  });
});

describe("its branch", () => {
  test("moves an open pull request along", () => {
    const { owner, repository } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
    const oid = owner.push({ branch: "fix", message: "More", files: { more: "1" } });
    expect(repository.issues.get(number)?.pull?.headOid).toBe(oid);
  });

  test("when deleted, closes it", () => {
    const { owner, repository } = openBranch();
    const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
    owner.deleteRef("refs/heads/fix");
    expect(repository.issues.get(number)).toMatchObject({ state: "closed", pull: { mergedAt: null } });
  });
});
