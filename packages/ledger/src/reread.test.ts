import type { GitHub } from "@patchpilot/github";
import { describe, expect, test } from "vitest";
import { claimRef } from "./fact-commits.ts";
import { type Question, readAgain } from "./reread.ts";
import { commentOf, PERSON } from "./testing/comments.ts";

type QueryManner = NonNullable<Parameters<GitHub["query"]>[3]>;

const SHOP = { owner: "acme", repo: "shop" };
const NOTHING: Question = { records: [], issues: [], labelled: [], attempts: new Map() };
const TWELVE = { number: 12, nodeId: "I_12" };

type Asked = {
  readonly document: string;
  readonly variables: Record<string, unknown>;
  readonly manner: QueryManner;
};
type Answer = { nodes?: unknown[]; issues?: unknown[]; labelled?: unknown[]; repository?: unknown };

/** GitHub that gives one answer to every question about records, and all comments to one about comments. */
function answering(answer: Answer, allComments: readonly unknown[] = []) {
  const asked: Asked[] = [];
  const query = async (
    document: string,
    variables: Record<string, unknown>,
    schema: { parse: (reply: unknown) => unknown },
    manner: QueryManner = {},
  ) => {
    asked.push({ document, variables, manner });
    if (!document.includes("RecordsAgain"))
      return schema.parse({
        repository: {
          issue: { comments: { nodes: allComments, pageInfo: { hasNextPage: false, endCursor: null } } },
        },
      });
    return schema.parse({ nodes: [], issues: [], labelled: [], ...answer });
  };
  const github = { query } as unknown as GitHub;
  return {
    asked,
    ask: (question: Partial<Question>) => readAgain(github, SHOP, { ...NOTHING, ...question }),
  };
}

const record = (commentId: string, body: string) =>
  ({ commentId, body }) as unknown as Question["records"][number];

describe("a record that is about to be rewritten", () => {
  test("has moved if its comment says something else or is gone", async () => {
    const { ask } = answering({ nodes: [{ id: "IC_1", body: "old" }, { id: "IC_2", body: "new" }, null] });
    const { moved } = await ask({
      records: [record("IC_1", "old"), record("IC_2", "old"), record("IC_3", "old")],
    });
    expect([...moved]).toEqual(["IC_2", "IC_3"]);
  });

  test("is asked for a hundred at a time", async () => {
    const { ask, asked } = answering({});
    await ask({ records: Array.from({ length: 101 }, (_, index) => record(`IC_${index}`, "")) });
    expect(asked.map(({ variables }) => (variables["ids"] as string[]).length)).toEqual([100, 1]);
  });
});

describe("the comments of an issue", () => {
  const said = commentOf("It is down.", { author: PERSON });

  test("are those that came, if they are all", async () => {
    const { ask } = answering({ issues: [{ id: "I_12", comments: { totalCount: 1, nodes: [said] } }] });
    const { comments } = await ask({ issues: [TWELVE] });
    expect(comments.get(12)?.map(({ body }) => body)).toEqual(["It is down."]);
  });

  test("are all read if more are there than came", async () => {
    const all = [commentOf("First."), said];
    const { ask } = answering({ issues: [{ id: "I_12", comments: { totalCount: 2, nodes: [said] } }] }, all);
    const { comments } = await ask({ issues: [TWELVE] });
    expect(comments.get(12)?.map(({ body }) => body)).toEqual(["First.", "It is down."]);
  });

  test.each([
    ["is gone", null],
    ["is none any more", { id: "I_12" }],
  ])("are not known if the issue %s", async (_, issue) => {
    const { comments } = await answering({ issues: [issue] }).ask({ issues: [TWELVE] });
    expect(comments.has(12)).toBe(false);
  });
});

describe("the labels of an issue", () => {
  test("are those of now, by its number", async () => {
    const labels = { nodes: [{ name: "bug" }, null, { name: "patchpilot" }] };
    const { ask } = answering({ labelled: [{ id: "I_12", labels }] });
    expect([...(await ask({ labelled: [TWELVE] })).labels]).toEqual([[12, ["bug", "patchpilot"]]]);
  });

  test.each([
    ["is gone", null],
    ["shows none", { id: "I_12", labels: null }],
  ])("are not known if the issue %s", async (_, issue) => {
    expect([...(await answering({ labelled: [issue] }).ask({ labelled: [TWELVE] })).labels]).toEqual([]);
  });
});

describe("claims", () => {
  const attempts = new Map([[12, 1]]);

  test("are asked for in the same request, by their refs", async () => {
    const { ask, asked } = answering({ repository: {} });
    await ask({ attempts, labelled: [TWELVE] });
    const [first] = asked;
    expect(Object.values(first?.variables ?? {})).toContain(claimRef(12, 1));
    expect(first?.variables).toMatchObject({ ...SHOP, labelled: ["I_12"] });
    expect(first?.document).toMatch(
      /\$owner: String!, \$repo: String!.*\n[\s\S]*repository\(owner: \$owner, name: \$repo\) \{ r0: ref\(/,
    );
  });

  test("leave no trace in the question where there are none", async () => {
    const { ask, asked } = answering({});
    await ask({ labelled: [TWELVE] });
    expect(asked.map(({ variables }) => variables)).toEqual([{ ids: [], issues: [], labelled: ["I_12"] }]);
    expect(asked[0]?.document).not.toMatch(/\$owner|repository\(/);
  });

  test("may be refused, and nothing else may", async () => {
    const { ask, asked } = answering({ repository: null });
    await ask({ attempts });
    const spares = asked[0]?.manner.spares as (error: { path?: readonly unknown[] }) => boolean;
    expect([{ path: ["repository", "r0"] }, { path: ["issues", 0] }, {}].map(spares)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("nothing is asked where nothing is to be read", async () => {
  const { ask, asked } = answering({});
  await ask({});
  expect(asked).toEqual([]);
});
