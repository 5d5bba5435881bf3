import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

const R = "/repos/acme/shop";

/** main: first, "Docs" (README), "Cart" (src/cart.ts); fix: from first, "Fix" (src/cart.ts). */
function openHistory() {
  const github = openGitHub();
  const owner = github.world.as("acme");
  owner.push({ branch: "fix", message: "Fix", files: { "src/cart.ts": "export const total = 2;\n" } });
  github.clock.advance(60_000);
  owner.push({ branch: "main", message: "Docs", files: { "README.md": "# The shop\n" } });
  github.clock.advance(60_000);
  owner.push({
    branch: "main",
    message: "Cart",
    files: { "src/cart.ts": "export const total = 1;\nexport {};\n" },
  });
  return { ...github, owner };
}

const messages = (commits: readonly { commit: { message: string } }[]): string[] =>
  commits.map(({ commit }) => commit.message);

test.each([
  ["", ["Cart", "Docs", "Initial commit"]],
  ["?path=src", ["Cart", "Initial commit"]],
  ["?path=README.md", ["Docs", "Initial commit"]],
  ["?since=2026-11-02T09:01:00Z", ["Cart", "Docs"]],
  ["?until=2026-11-02T09:01:00Z", ["Docs", "Initial commit"]],
  ["?sha=fix", ["Fix", "Initial commit"]],
  ["?author=sentry[bot]", []],
])("commits%s are %j", async (query, expected) => {
  const { rest, token } = openHistory();
  expect(messages((await rest(token(), `GET ${R}/commits${query}`)).body)).toEqual(expected);
});

test("comparing names the commits and files that the head has and the base has not", async () => {
  const { rest, token } = openHistory();
  const { body } = await rest(token(), `GET ${R}/compare/main...fix`);
  expect(body).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 2, total_commits: 1 });
  expect(messages(body.commits)).toEqual(["Fix"]);
  expect(body.files).toMatchObject([
    {
      filename: "src/cart.ts",
      status: "modified",
      additions: 1,
      deletions: 1,
      patch: "@@ -1 +1 @@\n-export const total = 1;\n+export const total = 2;",
    },
  ]);
});

test("a file comes as base64, raw on request, and as it was at a ref", async () => {
  const { rest, token } = openHistory();
  const file = (await rest(token(), `GET ${R}/contents/README.md`)).body;
  expect(Buffer.from(file.content, "base64").toString()).toBe("# The shop\n");
  const raw = await rest(token(), `GET ${R}/contents/README.md?ref=fix`, undefined, {
    accept: "application/vnd.github.raw+json",
  });
  expect(raw.body).toBe("# Shop\n");
});

test("a folder comes as its entries, and the root too", async () => {
  const { rest, token } = openHistory();
  const root = (await rest(token(), `GET ${R}/contents/`)).body;
  expect(root.map((entry: { path: string; type: string }) => [entry.path, entry.type])).toEqual([
    [".github", "dir"],
    ["README.md", "file"],
    ["src", "dir"],
  ]);
});

test("a tree with its subtrees names every path", async () => {
  const { rest, token } = openHistory();
  const { body } = await rest(token(), `GET ${R}/git/trees/main?recursive=1`);
  const blobs = body.tree.filter((entry: { type: string }) => entry.type === "blob");
  expect(blobs.map((entry: { path: string }) => entry.path)).toEqual([
    ".github/workflows/repair.yml",
    "README.md",
    "src/cart.ts",
  ]);
});

test("a tree on a base keeps what is not named, and a null sha removes", async () => {
  const { rest, token } = openHistory();
  const { body } = await rest(token(), `POST ${R}/git/trees`, {
    base_tree: (await rest(token(), `GET ${R}/git/trees/main`)).body.sha,
    tree: [
      { path: "README.md", mode: "100644", type: "blob", sha: null },
      { path: "docs/a.md", mode: "100644", type: "blob", content: "A" },
    ],
  });
  expect(body.tree.map((entry: { path: string }) => entry.path)).toEqual([".github", "docs", "src"]);
});
