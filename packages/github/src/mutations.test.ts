import { makeFailure } from "@patchpilot/http/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GraphqlError, GraphqlReply } from "./graphql.ts";
import { composeMutation, type Mutation, type MutationResult, sendMutations } from "./mutations.ts";

const comment = (body: string): Mutation => ({
  field: "addComment",
  input: { subjectId: "I_1", body },
  select: "commentEdge { node { id } }",
});
const many = (count: number): Mutation[] =>
  Array.from({ length: count }, (_, index) => comment(String(index)));

/** Pacing that notes what each request cost. */
function pacingInto(costs: number[]) {
  return {
    take: async (cost: number) => {
      costs.push(cost);
    },
  };
}

/** What two mutations come to where GitHub answers this. */
const outcomes = (reply: GraphqlReply | Error): Promise<MutationResult[]> =>
  sendMutations(
    many(2),
    async () => {
      if (reply instanceof Error) throw reply;
      return reply;
    },
    pacingInto([]),
  );
const errorAt = (
  path: readonly unknown[] | undefined,
  changes: Partial<GraphqlError> = {},
): GraphqlError => ({
  message: "no",
  ...(path ? { path } : {}),
  ...changes,
});
const states = async (reply: GraphqlReply | Error) => (await outcomes(reply)).map(({ state }) => state);

describe("the document of a batch", () => {
  it("gives each mutation its alias and its input as a variable", () => {
    const { document, variables } = composeMutation([
      comment("a"),
      { field: "closeIssue", input: { issueId: "I_2" }, select: "issue { id }" },
    ]);
    expect(document).toBe(
      "mutation Write($i0: AddCommentInput!, $i1: CloseIssueInput!) {\n" +
        "  m0: addComment(input: $i0) { commentEdge { node { id } } }\n" +
        "  m1: closeIssue(input: $i1) { issue { id } }\n}",
    );
    expect(variables).toEqual({ i0: { subjectId: "I_1", body: "a" }, i1: { issueId: "I_2" } });
  });

  it("holds no text of an input, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 30 }), (body) => {
        expect(composeMutation([comment(body)]).document).toBe(composeMutation([comment("x")]).document);
      }),
    );
  });
});

describe("batches", () => {
  it.each([
    [0, []],
    [1, [1]],
    [20, [20]],
    [21, [20, 1]],
    [45, [20, 20, 5]],
  ])("of %i mutations cost %j", async (count, expected) => {
    const costs: number[] = [];
    const sent: number[] = [];
    const send = async (_document: string, variables: Record<string, unknown>) => {
      const size = Object.keys(variables).length;
      sent.push(size);
      return { data: Object.fromEntries(Array.from({ length: size }, (_, i) => [`m${i}`, {}])), errors: [] };
    };
    const results = await sendMutations(many(count), send, pacingInto(costs));
    expect(costs).toEqual(expected);
    expect(sent).toEqual(expected);
    expect(results).toHaveLength(count);
  });

  it("hold a comment and a label of 13 issues", async () => {
    const sent: string[][] = [];
    const label: Mutation = { field: "addLabelsToLabelable", input: {}, select: "clientMutationId" };
    const send = async (document: string) => {
      sent.push(document.match(/add\w+(?=\()/g) ?? []);
      return { data: {}, errors: [] };
    };
    await sendMutations(
      many(26).flatMap((one) => [one, label]),
      send,
      pacingInto([]),
    );
    expect(sent.map(({ length }) => length)).toEqual([26, 26]);
  });

  it("hold a new comment and two edited ones of ten issues, and each counts as content", async () => {
    const costs: number[] = [];
    const edit: Mutation = { field: "updateIssueComment", input: {}, select: "clientMutationId" };
    const send = async () => ({ data: {}, errors: [] });
    await sendMutations(
      many(20).flatMap((one) => [one, edit, edit]),
      send,
      pacingInto(costs),
    );
    expect(costs).toEqual([30, 30]);
  });

  it("keep results in order across requests", async () => {
    const send = async (_document: string, variables: Record<string, unknown>) => ({
      data: Object.fromEntries(
        Object.entries(variables).map(([name, input]) => [name.replace("i", "m"), input]),
      ),
      errors: [],
    });
    const results = await sendMutations(many(30), send, pacingInto([]));
    expect(results.map((result) => result.state === "done" && result.data)).toEqual(
      many(30).map(({ input }) => input),
    );
  });
});

describe("each alias on its own", () => {
  it("is refused by its own error while the other is done", async () => {
    const results = await outcomes({
      data: { m0: { id: "1" }, m1: null },
      errors: [errorAt(["m1"], { type: "UNPROCESSABLE", message: "exists" })],
    });
    expect(results).toEqual([
      { state: "done", data: { id: "1" } },
      { state: "refused", message: "exists", type: "UNPROCESSABLE" },
    ]);
  });

  it("is not confused with one whose alias begins alike", async () => {
    expect(await states({ data: { m0: {}, m1: {} }, errors: [errorAt(["m10"])] })).toEqual(["done", "done"]);
  });

  it("is done where only a field of its payload could not be read", async () => {
    const errors = [errorAt(["m0", "ref"], { type: "FORBIDDEN" })];
    expect(await states({ data: { m0: { ref: null }, m1: {} }, errors })).toEqual(["done", "done"]);
  });

  it("is unknown where such a field took the whole payload away", async () => {
    const errors = [errorAt(["m0", "ref", "id"], { type: "FORBIDDEN" })];
    expect(await states({ data: { m0: null, m1: {} }, errors })).toEqual(["unknown", "done"]);
  });

  it("is unknown where GitHub gave up at it", async () => {
    const message = "Something went wrong while executing your query.";
    expect(await states({ data: { m0: null, m1: {} }, errors: [errorAt(["m0"], { message })] })).toEqual([
      "unknown",
      "done",
    ]);
  });

  it("is unknown where the answer does not mention it", async () => {
    expect(await states({ data: { m0: {} }, errors: [] })).toEqual(["done", "unknown"]);
    expect(await states({ data: undefined, errors: [] })).toEqual(["unknown", "unknown"]);
  });
});

describe("an error of the whole request", () => {
  it("refuses everything where nothing was executed", async () => {
    const errors = [errorAt(["mutation Write", "m0"], { message: "Field 'x' doesn't exist" })];
    expect(await states({ data: undefined, errors })).toEqual(["refused", "refused"]);
  });

  it("refuses everything where it is FORBIDDEN", async () => {
    const errors = [errorAt(undefined, { type: "FORBIDDEN" })];
    expect(await states({ data: null, errors })).toEqual(["refused", "refused"]);
  });

  it.each(["RATE_LIMIT", "RATE_LIMITED"])("ends the run where it is %s, as over HTTP", async (type) => {
    const reply = { data: null, errors: [errorAt(undefined, { type })] };
    await expect(states(reply)).rejects.toMatchObject({ kind: "rate-limited" });
  });

  it.each([null, undefined])(
    "leaves open what happened after GitHub's own time-out (data: %s)",
    async (data) => {
      const message = "Something went wrong while executing your query. This may be the result of a timeout.";
      expect(await states({ data, errors: [errorAt(undefined, { message })] })).toEqual([
        "unknown",
        "unknown",
      ]);
    },
  );
});

describe("a request that failed", () => {
  it.each(["ambiguous", "timeout", "network", "server", "unreadable"] as const)(
    "leaves open what happened where it was %s",
    async (kind) => {
      expect(await states(makeFailure(kind))).toEqual(["unknown", "unknown"]);
    },
  );

  it.each(["unauthorized", "forbidden", "rate-limited", "budget"] as const)(
    "ends the run where it was %s, as nothing after it can succeed",
    async (kind) => {
      await expect(outcomes(makeFailure(kind))).rejects.toMatchObject({ kind });
    },
  );
});
