import type { Sentry, SentryIssue } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { NOW } from "../testing/world.ts";
import { readNeighbours } from "./sentry-neighbours.ts";

const span = { from: NOW - HOUR, until: NOW };
const error = (number: number, projectId: string | null = "42") => ({
  organization: "acme",
  id: String(number),
  shortId: `SHOP-${number}`,
  projectId,
});

const anIssue = (number: number, more: Partial<SentryIssue> = {}) => ({
  id: String(number),
  shortId: `SHOP-${number}`,
  title: "TypeError: it broke",
  culprit: `GET /${number}`,
  status: "unresolved",
  project: { id: "42", slug: "shop" },
  metadata: { type: "TypeError", value: "it broke", filename: "a.ts", function: "a" },
  count: 3,
  ...more,
});

type Search = Parameters<Sentry["listIssues"]>[0];

/** A Sentry that answers searches as given, and what it was asked. */
function open(errors: readonly ReturnType<typeof error>[], answer: (query: string) => unknown) {
  const asked: Search[] = [];
  const sentry = {
    getIssues: async () => errors.map(({ id }) => anIssue(Number(id))),
    listIssues: async (search: Search) => {
      asked.push(search);
      return answer(search.query);
    },
  } as unknown as Sentry;
  const access = { ask: () => sentry, environment: "production", projects: () => [] };
  return { asked, read: () => readNeighbours(access, errors, span) };
}

const page = (rows: readonly unknown[], truncated = false) => ({ rows, truncated });

describe("errors beside those that are about to be called over", () => {
  test("are those since the deploy of their projects and environment, the most frequent first", async () => {
    const { asked, read } = open([error(1), error(2), error(3, "43")], () => page([anIssue(9)]));
    expect((await read()).others).toMatchObject([
      { shortId: "SHOP-9", thrown: { message: "it broke" }, count: 3 },
    ]);
    expect(asked).toMatchObject([
      {
        projects: ["42", "43"],
        environment: "production",
        sort: "freq",
        start: new Date(span.from),
        end: new Date(NOW),
      },
    ]);
  });

  test("are of every project where one is not known", async () => {
    const { asked, read } = open([error(1), error(2, null)], () => page([]));
    await read();
    expect(asked[0]).not.toHaveProperty("projects");
  });

  test("are not those that a person resolved; archived ones are marked", async () => {
    const rows = [anIssue(8, { status: "resolved" }), anIssue(9, { status: "ignored" })];
    const { read } = open([error(1)], () => page(rows));
    expect((await read()).others).toMatchObject([{ shortId: "SHOP-9", archived: true }]);
  });
});

describe("where more happened than two pages hold", () => {
  const isBroad = (query: string) => query === "issue.category:error";

  test("places and types are asked for, and nothing is missing", async () => {
    const { asked, read } = open([error(1), error(2)], (query) =>
      isBroad(query) ? page([anIssue(8)], true) : page([anIssue(9)]),
    );
    const { others, crowded } = await read();
    expect(others.map(({ shortId }) => shortId)).toEqual(["SHOP-8", "SHOP-9"]);
    expect([...crowded]).toEqual([]);
    expect(asked.map(({ query }) => query).slice(1)).toEqual([
      'issue.category:error transaction:["GET /1","GET /2"]',
      'issue.category:error error.type:["TypeError"]',
    ]);
  });

  test("a crowded place is said of its own errors only, with the most that may be unread", async () => {
    const { read } = open([error(1), error(2)], (query) =>
      page([anIssue(9)], isBroad(query) || query.includes('"GET /2"')),
    );
    expect([...(await read()).crowded]).toEqual([["SHOP-2", 3]]);
  });

  test("one crowded place leaves half of the others to be read, and all types", async () => {
    const errors = Array.from({ length: 8 }, (_, index) => error(index + 1));
    const { read } = open(errors, (query) =>
      page([anIssue(9)], isBroad(query) || query.includes('"GET /1"')),
    );
    expect([...(await read()).crowded.keys()]).toEqual(["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"]);
  });

  test("at most six further requests are made, and what is left is called crowded", async () => {
    const errors = Array.from({ length: 50 }, (_, index) => error(index + 1));
    const { asked, read } = open(errors, () => page([], true));
    expect((await read()).crowded.size).toBe(50);
    expect(asked.length).toBeLessThanOrEqual(7);
  });
});
