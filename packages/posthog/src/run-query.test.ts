import { createHttp } from "@patchpilot/http";
import { describe, expect, it } from "vitest";
import { isPostHogRead, runQuery } from "./run-query.ts";

/** What becomes of a query that PostHog answers so, reply by reply. */
function ask(...replies: readonly unknown[]) {
  const bodies = [...replies];
  const fetch = async () => Response.json(bodies.length > 1 ? bodies.shift() : bodies[0]);
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
