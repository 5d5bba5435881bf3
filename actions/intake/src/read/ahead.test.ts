import { expect, test, vi } from "vitest";
import type { SentryReader } from "../ports.ts";
import { failure, sentryIssue } from "../testing/sentry.ts";
import { readingAhead } from "./ahead.ts";

const QUESTION = { projects: ["11"], environment: "production" };

/** Ports of which only what is read ahead can be asked. */
function open(listed: readonly string[]) {
  const listFiles = vi.fn(async () => ({ paths: ["src/cart.ts"], complete: true }));
  const listReleases = vi.fn<SentryReader["listReleases"]>(async () => ({ rows: [], truncated: false }));
  const issues = new Map(listed.map((id) => [id, sentryIssue(id)]));
  const sentry = {
    listReleases,
    getIssuesFromLists: async () => issues,
  } as Partial<SentryReader> as SentryReader;
  const code = { listFiles, readHistory: vi.fn(), listOpenPullRequests: vi.fn() };
  return { listFiles, listReleases, ports: readingAhead({ code, sentry }, "production") };
}

test("files and releases are asked for once, as soon as the lists are answered", async () => {
  const { listFiles, listReleases, ports } = open(["1", "2"]);
  await ports.sentry?.getIssuesFromLists(["1", "2"]);
  expect([listFiles.mock.calls, listReleases.mock.calls]).toEqual([[[]], [[QUESTION]]]);
  expect(await ports.code.listFiles()).toMatchObject({ paths: ["src/cart.ts"] });
  expect(await ports.sentry?.listReleases(QUESTION)).toMatchObject({ rows: [] });
  expect([listFiles, listReleases].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test("nothing is read ahead where the lists say nothing", async () => {
  const { listFiles, listReleases, ports } = open([]);
  await ports.sentry?.getIssuesFromLists(["1"]);
  expect([listFiles, listReleases].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});

test("what goes wrong ahead is thrown where it is asked for", async () => {
  const { listFiles, listReleases, ports } = open(["1"]);
  listFiles.mockRejectedValue(failure("forbidden"));
  listReleases.mockRejectedValue(failure("server"));
  await expect(ports.sentry?.getIssuesFromLists(["1"])).resolves.toHaveProperty("size", 1);
  await expect(ports.code.listFiles()).rejects.toMatchObject({ kind: "forbidden" });
  await expect(ports.sentry?.listReleases(QUESTION)).rejects.toMatchObject({ kind: "server" });
});

test("another question about releases is asked by itself", async () => {
  const { listReleases, ports } = open(["1"]);
  await ports.sentry?.getIssuesFromLists(["1"]);
  await ports.sentry?.listReleases({ projects: ["12"] });
  expect(listReleases).toHaveBeenCalledTimes(2);
});
