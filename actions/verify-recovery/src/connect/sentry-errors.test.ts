import { HttpFailure } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import type { Sentry } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { NOW } from "../testing/world.ts";
import type { SentryAccess } from "./sentry.ts";
import { readErrorHistories } from "./sentry-errors.ts";

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
  test.each(["rejected", "not-found"] as const)(
    "of a loud issue count without release where Sentry has no series (%s), and hold no other issue up",
    async (kind) => {
      const sentry = sentryWith(() => Promise.reject(makeFailure(kind)));
      const histories = await readErrorHistories(sentry, [question(1), question(2)]);
      expect(histories.get(1)?.points).toEqual([{ at: from + 30 * BUCKET, count: 5_000 }]);
      expect(histories.get(2)?.points).toMatchObject([{ count: 1, release: "shop@1" }]);
    },
  );

  test("of a loud issue are unknown where Sentry fails at its series, and hold no other issue up", async () => {
    const sentry = sentryWith(() => Promise.reject(makeFailure("server", { happened: "answered HTTP 500" })));
    const histories = await readErrorHistories(sentry, [question(1), question(2)]);
    expect(histories.get(1)?.untold).toMatch(/^Errors of SHOP-1 .*HTTP 500.*self-hosted/);
    expect(histories.get(2)).not.toHaveProperty("untold");
    expect(histories.get(2)?.points).toMatchObject([{ count: 1, release: "shop@1" }]);
  });

  test.each(["timeout", "unauthorized"] as const)("are all unknown where Sentry answers %s", async (kind) => {
    const sentry = sentryWith(() => Promise.reject(makeFailure(kind)));
    await expect(readErrorHistories(sentry, [question(1), question(2)])).rejects.toThrow(HttpFailure);
  });

  test("that nobody can place do not keep the other issues from being counted", async () => {
    const sentry = sentryWith(() => Promise.reject(makeFailure("rejected")));
    const silent = { ...question(3), error: { ...question(3).error, id: "3" } };
    const broken = Object.assign(sentry.ask(), {
      errorEnvironments: () => Promise.reject(makeFailure("server")),
      errorBuckets: async () => new Map([["3", { from, interval: BUCKET, counts: [0], truncated: false }]]),
    });
    const histories = await readErrorHistories({ ...sentry, ask: () => broken }, [silent]);
    expect(histories.get(3)?.points).toEqual([]);
  });
});
