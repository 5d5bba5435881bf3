import { describe, expect, it } from "vitest";
import { askIssues } from "./ask-issues.ts";
import { readIssues } from "./issues.ts";
import { type Asked, failureOf, githubThat, reply } from "./testing/in-process.ts";

const NAME = { owner: "acme", repo: "shop" };
const LIMIT = {
  data: { repository: null },
  errors: [
    {
      type: "RESOURCE_LIMITS_EXCEEDED",
      path: ["repository", "changed"],
      message: "Resource limits for this query exceeded.",
    },
  ],
};
const GAVE_UP = {
  data: null,
  errors: [
    {
      message:
        "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.",
    },
  ],
};

type Question = { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };
const questionOf = ({ body }: Asked) => body as Question;

/** How many issues a query asks for at most, over all its lists and numbers. */
function weigh({ query, variables }: Question): number {
  const sizes = [...query.matchAll(/(\w+): issues\(first: (\d+|\$first)/g)]
    .filter(([, alias]) => !(alias === "labelled" && !variables["byLabel"]))
    .filter(([, alias]) => !(alias === "changed" && !variables["byChange"]))
    .map(([, , size]) => Number(size === "$first" ? variables["first"] : size));
  const numbers = query.match(/i\d+: issue\(/g)?.length ?? 0;
  return sizes.reduce((sum, size) => sum + size, numbers);
}

const NONE = { nodes: [] };
const AT = "2026-11-21T09:00:00Z";
const ISSUE = {
  ...{ title: "TypeError", body: "", url: "https://github.com/acme/shop/issues/1", author: null },
  ...{ state: "OPEN", stateReason: null, locked: false, createdAt: AT, updatedAt: AT, closedAt: null },
  labels: { nodes: [{ name: "PatchPilot:Hold" }] },
  ...{ firstComments: NONE, lastComments: { totalCount: 0, ...NONE }, timelineItems: NONE },
};
const issue = (number: number) => ({ ...ISSUE, id: `I_${number}`, number });

/** Variables that say where a page begins. */
const CURSORS: Readonly<Record<string, string>> = { labelled: "labelCursor", changed: "changeCursor" };

/** A repository of issues 1 to `count`, which answers a page of any list, and by number. */
function answerFrom(count: number, { query, variables }: Question): Response {
  const repository: Record<string, unknown> = {
    id: "R_1",
    databaseId: 4242,
    nameWithOwner: "acme/shop",
    url: "https://github.com/acme/shop",
    labels: { nodes: [] },
    all: { totalCount: count },
  };
  for (const [, number] of query.matchAll(/i(\d+): issue\(/g))
    repository[`i${number}`] = issue(Number(number));
  for (const [, alias = "", size] of query.matchAll(/(\w+): issues\(first: (\d+|\$first)/g)) {
    const first = Number(size === "$first" ? variables["first"] : size);
    const cursor = variables[CURSORS[alias] ?? alias.replace("issues", "after")];
    const from = Number(cursor ?? 0);
    const nodes = Array.from({ length: Math.min(first, count - from) }, (_, index) =>
      issue(from + index + 1),
    );
    const end = from + nodes.length;
    repository[alias] = {
      totalCount: count,
      pageInfo: { hasNextPage: end < count, endCursor: String(end) },
      nodes,
    };
  }
  if (query.includes("pullRequests("))
    repository["pullRequests"] = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
  return reply({ data: { repository } });
}

/** A GitHub that answers queries of at most so many issues, and `refuse`s larger ones. */
const githubUpTo = (most: number, refuse: () => Response, count = 60) =>
  githubThat((asked) => {
    const question = questionOf(asked);
    return weigh(question) > most ? refuse() : answerFrom(count, question);
  });

const QUESTION = {
  numbers: [1, 2],
  lists: [
    { order: "newest-change", first: 50 },
    { labels: ["patchpilot"], state: "CLOSED", order: "newest-change", first: 50, lean: true },
  ],
  openPulls: true,
} as const;

describe("a question that GitHub cannot answer at once", () => {
  it.each([
    ["exceeds its resource limits", () => reply(LIMIT)],
    ["runs out of GitHub's time", () => reply(GAVE_UP)],
    ["is a 502", () => reply({ message: "Server Error" }, 502)],
    ["is a 504", () => reply({ message: "We couldn't respond to your request in time" }, 504)],
  ])("is answered in parts if it %s", async (_, refuse) => {
    const { github, asked } = githubUpTo(25, refuse);
    const answer = await askIssues(github, NAME, QUESTION);
    expect(answer.numbered.map(({ number }) => number)).toEqual([1, 2]);
    expect(answer.lists.map(({ issues, next }) => [issues.length, next])).toEqual([
      [50, "50"],
      [50, "50"],
    ]);
    expect(asked.map((each) => weigh(questionOf(each)))).toEqual([102, 0, 2, 25, 25, 25, 25, 0]);
  });

  it("halves again until it can be answered", async () => {
    const { github, asked } = githubUpTo(7, () => reply(LIMIT));
    const { lists } = await askIssues(github, NAME, { lists: [{ order: "oldest", first: 50 }] });
    expect(lists[0]?.issues.map(({ number }) => number)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    const sizes = asked.map((each) => weigh(questionOf(each))).filter((size) => size > 0);
    expect(sizes).toEqual([50, 25, 12, 6, 6, 6, 6, 6, 6, 6, 6, 2]);
  });

  it("stays small for the rest of the run", async () => {
    const { github, asked } = githubUpTo(25, () => reply(LIMIT));
    await askIssues(github, NAME, QUESTION);
    const before = asked.length;
    await askIssues(github, NAME, QUESTION);
    expect(asked.slice(before).every((each) => weigh(questionOf(each)) <= 25)).toBe(true);
  });

  it("ends where not even one issue can be answered", async () => {
    const { github } = githubUpTo(0, () => reply(LIMIT));
    expect(await failureOf(askIssues(github, NAME, QUESTION))).toMatchObject({
      kind: "too-large",
      message: expect.stringContaining("Resource limits for this query exceeded."),
    });
  });

  it("is no refusal, which asking for less would not help", async () => {
    const { github, asked } = githubThat(() => reply({ message: "Bad credentials" }, 401));
    await failureOf(askIssues(github, NAME, QUESTION));
    expect(asked).toHaveLength(1);
  });
});

describe("a search that GitHub cannot answer at once", () => {
  const search = {
    labels: ["patchpilot:accepted"],
    updatedSince: "2026-11-20T00:00:00Z",
    closed: { label: "patchpilot:recovered", since: "2026-11-01T00:00:00Z" },
    waiting: "patchpilot:verifying",
  };

  it("finds the same, list by list", async () => {
    const whole = await readIssues(githubUpTo(1_000, () => reply(LIMIT)).github, NAME, search);
    const { github, asked } = githubUpTo(25, () => reply(LIMIT));
    const parts = await readIssues(github, NAME, search);
    expect(parts.totals).toEqual(whole.totals);
    expect(parts.issues.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(asked.slice(1).every((each) => weigh(questionOf(each)) <= 25)).toBe(true);
  });

  it("asks for numbers in smaller batches", async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
    const { github, asked } = githubUpTo(30, () => reply(LIMIT));
    const page = await readIssues(github, NAME, { numbers });
    expect(page.issues.map(({ number }) => number)).toEqual(numbers);
    expect(asked.map((each) => weigh(questionOf(each)))).toEqual([50, 0, 25, 25]);
  });
});

describe("the name of a label", () => {
  it("is read in small letters, as GitHub compares it", async () => {
    const { github } = githubUpTo(1_000, () => reply(LIMIT));
    const { issues } = await readIssues(github, NAME, { numbers: [1] });
    expect(issues[0]?.labels.nodes).toEqual([{ name: "patchpilot:hold" }]);
  });
});
