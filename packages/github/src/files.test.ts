import { describe, expect, it } from "vitest";
import { listPaths, readFileTexts, readHistories } from "./files.ts";
import { type Asked, failureOf, githubThat, reply } from "./testing/in-process.ts";

const REPOSITORY = { owner: "acme", repo: "shop" };
const KNOWN = "a".repeat(40);
const UNKNOWN = "b".repeat(40);
const WEEK = { since: "2026-11-14T00:00:00Z", until: "2026-11-21T00:00:00Z" };

const treeOf = (truncated: boolean) => ({
  sha: "t",
  truncated,
  tree: [
    { path: "src", type: "tree", mode: "040000", sha: "1" },
    { path: "src/cart.ts", type: "blob", mode: "100644", sha: "2" },
    { path: "vendor/lib", type: "commit", mode: "160000", sha: "3" },
  ],
});

describe("the files of a repository", () => {
  it("are its blobs, without folders and submodules", async () => {
    const { github } = githubThat(() => reply(treeOf(false)));
    expect(await listPaths(github, REPOSITORY)).toEqual({ paths: ["src/cart.ts"], complete: true });
  });

  it("are said to be incomplete where GitHub cut the list", async () => {
    const { github } = githubThat(() => reply(treeOf(true)));
    expect((await listPaths(github, REPOSITORY)).complete).toBe(false);
  });
});

describe("a tree that is not as GitHub promises", () => {
  it.each([
    ["has an entry without a path", () => reply({ tree: [{ type: "blob" }], truncated: false })],
    ["has no tree", () => reply({ message: "Moved" })],
    ["is a page of a proxy", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["is broken off", () => new Response('{"tree": [', { headers: { "content-type": "application/json" } })],
  ])("is unreadable, which no caller takes for a bug: it %s", async (_, answer) => {
    const { github } = githubThat(answer);
    expect(await failureOf(listPaths(github, REPOSITORY))).toMatchObject({
      kind: "unreadable",
      message: expect.stringContaining("the repository's tree"),
    });
  });
});

describe("texts", () => {
  it("come in order, 50 a request, with null for what is none", async () => {
    const { github, asked } = githubThat(({ body }) => {
      const { variables } = body as { variables: Record<string, string> };
      const answers = Object.entries(variables)
        .filter(([name]) => /^e\d+$/.test(name))
        .map(([name, expression]) => [name.replace("e", "t"), { text: expression }]);
      return reply({ data: { repository: { ...Object.fromEntries(answers), t1: null } } });
    });
    const paths = Array.from({ length: 51 }, (_, index) => `${index}/pubspec.yaml`);
    const texts = await readFileTexts(github, REPOSITORY, paths);
    expect([texts.length, texts[0], texts[1], texts[50]]).toEqual([
      51,
      "HEAD:0/pubspec.yaml",
      null,
      "HEAD:50/pubspec.yaml",
    ]);
    expect(asked).toHaveLength(2);
  });
});

/** Answers each alias of a query with a commit that names it; commits that GitHub does not know are null. */
function answerHistories({ body }: Asked): Response {
  const { query } = body as { query: string };
  const fields = [...query.matchAll(/^ {4}(h\d+): (\w+)(?:\(oid: "(\w+)"\))?/gm)];
  const history = (name: string) => ({
    history: { nodes: [{ oid: name, committedDate: WEEK.since, messageHeadline: "x" }] },
  });
  const answers = fields.map(([, alias = "", field, oid]) => {
    if (oid === UNKNOWN) return [alias, null];
    return [alias, field === "object" ? history(oid ?? "") : { target: history("head") }];
  });
  return reply({ data: { repository: Object.fromEntries(answers) } });
}

const oidsOf = (histories: readonly (readonly { readonly oid: string }[])[]): (string | undefined)[] =>
  histories.map(([first]) => first?.oid);

describe("histories", () => {
  it("are asked for in smaller numbers where GitHub's time runs out", async () => {
    const counts: number[] = [];
    const { github } = githubThat((asked) => {
      const { query } = asked.body as { query: string };
      counts.push(query.match(/^ {4}h\d+:/gm)?.length ?? 0);
      return (counts.at(-1) ?? 0) > 30 ? reply({ message: "timeout" }, 504) : answerHistories(asked);
    });
    const questions = Array.from({ length: 60 }, (_, index) => ({
      path: `${index}.ts`,
      commit: null,
      ...WEEK,
    }));
    expect(await readHistories(github, REPOSITORY, questions)).toHaveLength(60);
    expect(counts).toEqual([60, 30, 30]);
  });

  it("begin at the commit that was asked for, else at the head of the default branch", async () => {
    const { github, asked } = githubThat(answerHistories);
    const questions = [KNOWN, null, "v1.2.3"].map((commit) => ({ path: "src/cart.ts", commit, ...WEEK }));
    expect(oidsOf(await readHistories(github, REPOSITORY, questions))).toEqual([KNOWN, "head", "head"]);
    expect(asked).toHaveLength(1);
  });

  it("begin at the head where the repository does not know the commit, for one more request", async () => {
    const { github, asked } = githubThat(answerHistories);
    const questions = [UNKNOWN, KNOWN].map((commit) => ({ path: "src/cart.ts", commit, ...WEEK }));
    expect(oidsOf(await readHistories(github, REPOSITORY, questions))).toEqual(["head", KNOWN]);
    expect(asked).toHaveLength(2);
  });

  it("of the same question are asked for once, and of 61 different ones in two requests", async () => {
    const { github, asked } = githubThat(answerHistories);
    const many = Array.from({ length: 61 }, (_, index) => ({
      path: `src/${index}.ts`,
      commit: null,
      ...WEEK,
    }));
    expect(await readHistories(github, REPOSITORY, [...many, ...many])).toHaveLength(122);
    expect(asked).toHaveLength(2);
  });

  it("carry paths and times as variables, never as text of the query", async () => {
    const { github, asked } = githubThat(answerHistories);
    const path = '") { evil } #';
    await readHistories(github, REPOSITORY, [{ path, commit: '"){evil}', ...WEEK }]);
    const bodies = asked.map(({ body }) => body as { query: string; variables: Record<string, string> });
    expect(bodies.map(({ variables }) => variables["p0"])).toEqual([path]);
    expect(bodies.map(({ query }) => query).join()).not.toContain("evil");
  });
});
