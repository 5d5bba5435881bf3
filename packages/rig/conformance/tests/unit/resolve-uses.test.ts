import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commitTree } from "../../worlds/released/commit-tree.ts";
import { resolveUses } from "../../worlds/released/resolve-uses.ts";

let folder: string;
let first: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "resolve-uses-"));
  first = commit("intake", { "action.yml": "one" });
  testGit(join(folder, "intake.git"))(["tag", "v1.0.0"]);
  commit("intake", { "action.yml": "two" });
  testGit(join(folder, "intake.git"))(["tag", "--annotate", "--message", "v1", "v1"]);
  commit("patchpilot", {
    ".github/workflows/repair.yml": `jobs: {a: {steps: [\n- uses: acme/intake@${first} # v1.0.0\n]}}`,
  });
  testGit(join(folder, "patchpilot.git"))(["tag", "v1"]);
});
afterEach(() => rmSync(folder, { recursive: true }));

function commit(name: string, files: Readonly<Record<string, string>>): string {
  const tree = join(folder, "trees", name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, path, ".."), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return commitTree(join(folder, `${name}.git`), tree, name);
}

const resolve = (...uses: string[]) =>
  resolveUses(
    { folder, owner: "acme" },
    uses.map((one) => `      - uses: ${one}\n`),
    join(folder, "checkouts"),
  );

const read = async (uses: string): Promise<string> => {
  const { actions } = await resolve(uses);
  return readFileSync(join(actions[uses] ?? "", "action.yml"), "utf8");
};

test("a tag, a branch and a full SHA name the commit that is checked out", async () => {
  expect(await read("acme/intake@v1.0.0")).toBe("one");
  expect(await read("acme/intake@v1")).toBe("two");
  expect(await read("acme/intake@main")).toBe("two");
  expect(await read(`acme/intake@${first}`)).toBe("one");
});

test("a called workflow is read at its ref, with what it uses itself", async () => {
  const uses = "acme/patchpilot/.github/workflows/repair.yml@v1";
  const { actions, calledWorkflows } = await resolve(uses);
  expect(calledWorkflows[uses]).toContain(first);
  expect(Object.keys(actions)).toEqual(["acme/patchpilot@v1", `acme/intake@${first}`]);
});

test("what others own is left to others", async () => {
  expect(await resolve("actions/checkout@v4", "./.github/workflows/own.yml")).toEqual({
    actions: {},
    calledWorkflows: {},
  });
});

test.each([
  ["acme/intake@v2", "Unable to resolve action `acme/intake@v2`, unable to find version `v2`"],
  [`acme/intake@${"0".repeat(40)}`, "unable to find version"],
  ["acme/other@v1", "Unable to resolve action `acme/other@v1`, repository not found"],
  ["acme/patchpilot/.github/workflows/other.yml@v1", "workflow was not found"],
])("%s is refused in GitHub's words", async (uses, words) => {
  await expect(resolve(uses)).rejects.toThrow(words);
});

test("a shortened SHA is refused, with the full one", async () => {
  await expect(resolve(`acme/intake@${first.slice(0, 12)}`)).rejects.toThrow(
    `use the full commit SHA \`${first}\``,
  );
});
