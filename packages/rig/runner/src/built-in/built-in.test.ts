import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../run/records.ts";
import { jobOf, OPENED, printed, runnerFor } from "../testing/run-for-test.ts";
import { checkoutFrom } from "./checkout.ts";
import { downloadArtifact } from "./download-artifact.ts";
import { uploadArtifact } from "./upload-artifact.ts";

let root: string;
let sha: string;

function git(directory: string, ...options: string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...options], { cwd: directory, encoding: "utf8" }).trim();
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "checkout-"));
  git(root, "init", "--quiet", "--initial-branch=main", "work");
  const work = join(root, "work");
  await writeFile(join(work, "app.txt"), "one\n");
  git(work, "add", ".");
  git(work, "commit", "--quiet", "-m", "First");
  sha = git(work, "rev-parse", "HEAD");
  await writeFile(join(work, "app.txt"), "two\n");
  git(work, "commit", "--quiet", "-am", "Second");
  git(root, "clone", "--quiet", "--bare", "work", "shop.git");
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function run(steps: string, permissions = "{contents: read}", second = ""): Promise<RunRecord> {
  const runner = await runnerFor(
    `
on: issues
jobs:
  a:
    runs-on: x
    permissions: ${permissions}
    steps:
${steps}
${second}`,
    {
      actions: {
        "actions/checkout": checkoutFrom(join(root, "shop.git")),
        "actions/download-artifact": downloadArtifact,
        "actions/upload-artifact": uploadArtifact,
      },
      headSha: () => git(join(root, "shop.git"), "rev-parse", "main"),
    },
  );
  const [record] = await runner.dispatch(OPENED);
  await runner.close();
  return record as RunRecord;
}

describe("the stand-in for actions/checkout", () => {
  it("puts the run's commit on its branch into the workspace", async () => {
    const record = await run(`
      - uses: actions/checkout@v5
      - run: cat app.txt; git branch --show-current; git rev-list --count HEAD`);
    expect(printed(jobOf(record)).slice(-3)).toEqual(["two", "main", "1"]);
  });

  it("takes a commit and a path, and the whole history with `fetch-depth: 0`", async () => {
    const record = await run(`
      - {uses: actions/checkout@v5, with: {ref: "${sha}", path: sub}}
      - {uses: actions/checkout@v5, with: {fetch-depth: 0}}
      - run: cat sub/app.txt; git rev-list --count HEAD`);
    expect(printed(jobOf(record)).slice(-2)).toEqual(["one", "2"]);
  });

  it.each([
    ["{contents: read}", "", "failure"],
    ["{contents: write}", "", "success"],
    ["{contents: write}", "with: {persist-credentials: false}", "failure"],
  ])("with permissions %s and %j, a push is a %s", async (permissions, options, conclusion) => {
    const record = await run(
      `
      - uses: actions/checkout@v5
        ${options}
      - run: git push --quiet origin HEAD:refs/heads/fix-\${{ github.run_id }}`,
      permissions,
    );
    expect(record.conclusion).toBe(conclusion);
  });

  it.each([
    ["{repository: other/repo}", "checks out acme/shop only"],
    ["{path: ../outside}", "is not under"],
    ["{submodules: true}", "does not know the input submodules"],
  ])("refuses %s", async (options, message) => {
    const record = await run(`      - {uses: actions/checkout@v5, with: ${options}}`);
    expect(jobOf(record).steps[0]?.annotations[0]?.message).toContain(message);
  });
});

describe("the stand-ins for artifacts", () => {
  it("carry files from one job to the next, hidden ones left out", async () => {
    const record = await run(
      `
      - run: mkdir -p out/deep && echo 1 > out/a.txt && echo 2 > out/deep/b.txt && echo 3 > out/.hidden
      - {uses: actions/upload-artifact@v4, with: {name: patch, path: out}}`,
      "{}",
      `
  b:
    needs: a
    runs-on: x
    steps:
      - {uses: actions/download-artifact@v4, with: {name: patch, path: in}}
      - run: find in -type f | sort`,
    );
    expect(printed(jobOf(record, "b")).slice(-2)).toEqual(["in/a.txt", "in/deep/b.txt"]);
  });

  it("give an artifact by its id, which nobody else's of the same name takes over", async () => {
    const record = await run(`
      - run: echo 1 > f && echo 2 > g
      - {id: first, uses: actions/upload-artifact@v4, with: {name: n, path: f}}
      - {uses: actions/download-artifact@v4, with: {artifact-ids: "\${{ steps.first.outputs.artifact-id }}", path: in}}
      - run: ls in
      - {uses: actions/upload-artifact@v4, with: {name: n, path: g, overwrite: true}}
      - {uses: actions/download-artifact@v4, with: {artifact-ids: "\${{ steps.first.outputs.artifact-id }}", path: again}}`);
    expect(printed(jobOf(record))).toContain("f");
    expect(jobOf(record).steps.at(-1)?.annotations[0]?.message).toBe(
      "Unable to download artifact(s): Artifact not found for id: 1",
    );
  });

  it("keep names relative to what all paths share, and take patterns", async () => {
    const record = await run(`
      - run: mkdir -p x/y && echo 1 > x/y/change.patch && echo 2 > x/result.json && echo 3 > x/notes.txt
      - {uses: actions/upload-artifact@v4, with: {name: both, path: "x/y/*.patch\\nx/result.json"}}
      - {uses: actions/download-artifact@v4, with: {path: in}}
      - run: find in -type f | sort`);
    expect(printed(jobOf(record)).slice(-2)).toEqual(["in/both/result.json", "in/both/y/change.patch"]);
  });

  it.each([
    ["", "success", "warning"],
    ["if-no-files-found: error,", "failure", "error"],
  ])("with `%s` and no files, the step is a %s", async (option, conclusion, level) => {
    const record = await run(`      - {uses: actions/upload-artifact@v4, with: {${option} path: nothing}}`);
    expect(record.conclusion).toBe(conclusion);
    expect(jobOf(record).steps[0]?.annotations[0]?.level).toBe(level);
  });

  it("refuse a name that is taken in this attempt, and one that nobody uploaded", async () => {
    const record = await run(`
      - run: echo 1 > f
      - {uses: actions/upload-artifact@v4, with: {name: n, path: f}}
      - {uses: actions/upload-artifact@v4, with: {name: n, path: f}}
      - {uses: actions/download-artifact@v4, if: always(), with: {name: other}}`);
    expect(jobOf(record).steps.map((step) => step.annotations[0]?.message)).toEqual([
      undefined,
      undefined,
      "An artifact named n exists in this run already; names are taken once in a run attempt.",
      "Unable to download artifact(s): Artifact not found for name: other",
    ]);
  });
});
