import { expect, test, vi } from "vitest";
import type { SentryReader } from "../ports.ts";
import { failure, sentryIssue } from "../testing/sentry.ts";
import { readingAhead } from "./ahead.ts";

const QUESTION = { projects: ["11"], environment: "production" };

/** Ports of which only what is read ahead can be asked. */
function open(ids: readonly string[]) {
  const listFiles = vi.fn(async () => ({ paths: ["src/cart.ts"], complete: true }));
  const listReleases = vi.fn<SentryReader["listReleases"]>(async () => ({ rows: [], truncated: false }));
  const addFirstReleases: SentryReader["addFirstReleases"] = async (issues) =>
    new Map(issues.map((issue) => [issue.id, issue]));
  const sentry = { listReleases, addFirstReleases } as Partial<SentryReader> as SentryReader;
  const code = { listFiles, readHistory: vi.fn(), readTexts: vi.fn(), listOpenPullRequests: vi.fn() };
  const ports = readingAhead({ code, sentry }, "production");
  const list = () => ports.sentry?.addFirstReleases(ids.map((id) => sentryIssue(id)));
  return { listFiles, listReleases, ports, list };
}

test("files and releases are asked for once, as soon as the issues are listed", async () => {
  const { listFiles, listReleases, ports, list } = open(["1", "2"]);
  await list();
  expect([listFiles.mock.calls, listReleases.mock.calls]).toEqual([[[]], [[QUESTION]]]);
  expect(await ports.code.listFiles()).toMatchObject({ paths: ["src/cart.ts"] });
  expect(await ports.sentry?.listReleases(QUESTION)).toMatchObject({ rows: [] });
  expect([listFiles, listReleases].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test("nothing is read ahead where nothing is listed", async () => {
  const { listFiles, listReleases, list } = open([]);
  await list();
  expect([listFiles, listReleases].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});

test("what goes wrong ahead is thrown where it is asked for", async () => {
  const { listFiles, listReleases, ports, list } = open(["1"]);
  listFiles.mockRejectedValue(failure("forbidden"));
  listReleases.mockRejectedValue(failure("server"));
  expect(await list()).toHaveProperty("size", 1);
  await expect(ports.code.listFiles()).rejects.toMatchObject({ kind: "forbidden" });
  await expect(ports.sentry?.listReleases(QUESTION)).rejects.toMatchObject({ kind: "server" });
});

test("another question about releases is asked by itself", async () => {
  const { listReleases, ports, list } = open(["1"]);
  await list();
  await ports.sentry?.listReleases({ projects: ["12"] });
  expect(listReleases).toHaveBeenCalledTimes(2);
});
