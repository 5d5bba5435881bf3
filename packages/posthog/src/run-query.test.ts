import { createHttp } from "@patchpilot/http";
import { describe, expect, it } from "vitest";
import { isPostHogRead, runQuery } from "./run-query.ts";

/** What becomes of a query that PostHog answers so, reply by reply. */
function ask(...replies: readonly unknown[]) {
  const bodies = [...replies];
  const fetch = async () => {
    const body = bodies.length > 1 ? bodies.shift() : bodies[0];
    return body instanceof Response ? body.clone() : Response.json(body);
  };
  const time = { now: () => 0, sleep: async () => undefined };
  const http = createHttp({
    name: "PostHog",
    fetch: fetch as typeof globalThis.fetch,
    isRead: isPostHogRead,
    time,
  });
  const access = { host: "https://us.posthog.com", projectId: "1", apiKey: "phx_1" };
  return runQuery({ ...access, http, time }, { name: "count", hogql: "SELECT 1", values: {} }).catch(
    (error: Error) => error,
  );
}
const TABLE = { columns: ["n"], results: [[1]] };

describe("a query that PostHog answers with 200 and could not run", () => {
  it.each([
    [
      "without results",
      { error: "Query has hit the max execution time before completing.", results: null, columns: null },
    ],
    [
      "beside an empty result",
      { ...TABLE, results: [], error: "Query has hit the max execution time before completing." },
    ],
    [
      "later",
      {
        query_status: {
          id: "a",
          complete: true,
          error: true,
          error_message: "Query has hit the max execution time before completing.",
        },
      },
    ],
  ])("fails by PostHog's reason, with what helps: %s", async (_, reply) => {
    expect(await ask(reply)).toMatchObject({
      kind: "rejected",
      message: expect.stringMatching(/max execution time before completing.*too heavy for this project/s),
    });
  });

  it("is unreadable where PostHog gives no reason", async () => {
    expect(await ask({ error: "", results: null })).toMatchObject({ kind: "unreadable" });
  });

  it("is none where an answer comes", async () => {
    expect(await ask({ ...TABLE, error: null })).toMatchObject({ results: [[1]] });
    expect(
      await ask({ query_status: { id: "a", complete: true, error: false, results: TABLE } }),
    ).toMatchObject(TABLE);
  });
});

describe("a query that PostHog takes, and", () => {
  const ended = { query_status: { id: "a", complete: true, error: false, results: null } };

  it("of which it says later that it ended without a result, fails as that", async () => {
    expect(await ask(ended)).toMatchObject({
      kind: "server",
      message: expect.stringContaining("ended the query without a result"),
    });
  });

  it("whose result a look brings is answered", async () => {
    const full = { query_status: { ...ended.query_status, results: TABLE } };
    expect(await ask(ended, full)).toMatchObject(TABLE);
  });

  it("forgets is no missing project", async () => {
    const gone = Response.json({ detail: "Not found." }, { status: 404 });
    const failure = await ask(ended, gone);
    expect(failure).toMatchObject({
      kind: "server",
      message: expect.stringContaining("no longer knows the query that it took"),
    });
    expect(String(failure)).not.toContain("posthog-project-id");
  });
});

it("a query that PostHog refuses to begin, since it would take too long, is called too heavy", async () => {
  const body = {
    code: "estimated_query_execution_time_too_long",
    detail: "Estimated query execution time is too long.",
  };
  expect(await ask(Response.json(body, { status: 512 }))).toMatchObject({
    kind: "server",
    message: expect.stringMatching(/answered 512: "Estimated.*too heavy for this project/),
  });
});
