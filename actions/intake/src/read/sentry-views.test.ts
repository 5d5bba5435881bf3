import type { SentryIssue } from "@patchpilot/sentry";
import { expect, it } from "vitest";
import type { SentryReader } from "../ports.ts";
import { sentryEvent, sentryIssue } from "../testing/sentry.ts";
import { confirmListed } from "./sentry-views.ts";

const EVERY = Array.from({ length: 40 }, (_, index) => String(index));

/** @returns the ids of single issues that were asked for */
async function confirm(listed: readonly string[], substatus = "new"): Promise<string[]> {
  const asked: string[] = [];
  const known = new Map(listed.map((id) => [id, sentryIssue(id)]));
  const sentry = {
    listWholeIssues: async (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? []),
    addFirstReleases: async (issues: readonly SentryIssue[]) =>
      new Map(issues.map((issue) => [issue.id, issue])),
    getIssue: async (id: string) => {
      asked.push(id);
      return sentryIssue(id);
    },
    getEvent: async () => sentryEvent(),
  } as unknown as SentryReader;
  const all = EVERY.map((id) => sentryIssue(id, { substatus }));
  const views = await confirmListed(sentry, all, "production");
  expect(views.map((view) => view.state === "read" && view.issue.id)).toEqual(EVERY);
  return asked;
}

it("asks for no issue that a list shows", async () => {
  expect(await confirm(EVERY)).toEqual([]);
});

it("asks for what no list shows", async () => {
  expect(await confirm([])).toEqual(EVERY);
});

it("asks for each that came back: no list says when", async () => {
  expect(await confirm(EVERY, "regressed")).toEqual(EVERY);
});
