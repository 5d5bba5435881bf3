import { HttpFailure } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import type { Sentry } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { NOW } from "../testing/world.ts";
import type { SentryAccess } from "./sentry.ts";
import { readErrorHistories, readErrorIdentities } from "./sentry-errors.ts";

const anchor = NOW - 2 * HOUR;
const from = anchor - 2 * HOUR;
const question = (issue: number) => ({
  issue,
  error: { organization: "acme", id: String(issue), shortId: `SHOP-${issue}`, projectId: "42" },
  anchor,
  window: { from, until: NOW },
});

/** A Sentry in which error 1 is loud and error 2 happened once since the deploy; by release it answers as given. */
function sentryWith(errorsByRelease: () => Promise<never>): SentryAccess {
  const buckets = (count: number) => ({
    from,
    interval: BUCKET,
    counts: Array.from({ length: 48 }, (_, index) => (index === 30 ? count : 0)),
    truncated: false,
  });
  const sentry = {
    errorBuckets: async () =>
      new Map([
        ["1", { ...buckets(5_000), issueId: "1", source: "timeseries" }],
        ["2", { ...buckets(1), issueId: "2", source: "timeseries" }],
      ]),
    errorEvents: async () => ({
      rows: [{ issueId: "2", at: from + 30 * BUCKET, release: "shop@1" }],
      knownFrom: new Map([["2", anchor]]),
      source: "events",
    }),
    errorsByRelease,
  } as unknown as Sentry;
  return { ask: () => sentry, environment: "production", projects: () => ["42"] };
}

describe("errors since the deploy", () => {
  test("of a loud issue count without release where Sentry has no series, and hold no other issue up", async () => {
    const sentry = sentryWith(() => Promise.reject(makeFailure("rejected")));
    const histories = await readErrorHistories(sentry, [question(1), question(2)]);
    expect(histories.get(1)?.points).toEqual([{ at: from + 30 * BUCKET, count: 5_000 }]);
    expect(histories.get(2)?.points).toMatchObject([{ count: 1, release: "shop@1" }]);
  });

  test("are unknown where Sentry is down", async () => {
    const sentry = sentryWith(() => Promise.reject(makeFailure("server")));
    await expect(readErrorHistories(sentry, [question(1)])).rejects.toThrow(HttpFailure);
  });
});

const error = (projectId: string | null) => ({
  organization: "acme",
  id: "1",
  shortId: "SHOP-1",
  projectId,
});

async function projectsAsked(projectIds: readonly (string | null)[]): Promise<unknown> {
  const searches: { projects?: readonly string[] }[] = [];
  const sentry = {
    getIssues: async () => [],
    listIssues: async (search: { projects?: readonly string[] }) => {
      searches.push(search);
      return { rows: [], truncated: false };
    },
  } as unknown as Sentry;
  const access = { ask: () => sentry, environment: "production", projects: () => [] };
  await readErrorIdentities(access, projectIds.map(error), NOW);
  return searches[0]?.projects;
}

test("new errors are sought in the projects of the old ones, so that others do not crowd them out", async () => {
  expect(await projectsAsked(["42", "42", "43"])).toEqual(["42", "43"]);
  expect(await projectsAsked(["42", null])).toBeUndefined();
});
