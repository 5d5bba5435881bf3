import { expect, it } from "vitest";
import type { SentryReader } from "../ports.ts";
import { sentryEvent, sentryIssue } from "../testing/sentry.ts";
import { confirmListed } from "./sentry-views.ts";

/** Notes how many questions were open at the same time at most. */
function createMeter() {
  const meter = { most: 0, asked: 0, open: 0 };
  const ask = async <T>(answer: T): Promise<T> => {
    meter.asked += 1;
    meter.open += 1;
    meter.most = Math.max(meter.most, meter.open);
    await new Promise((resolve) => setImmediate(resolve));
    meter.open -= 1;
    return answer;
  };
  return { meter, ask };
}

async function confirm(listed: readonly string[], substatus = "new") {
  const [issues, events] = [createMeter(), createMeter()];
  const known = new Map(listed.map((id) => [id, sentryIssue(id)]));
  const sentry = {
    getIssuesFromLists: async (ids: readonly string[]) =>
      new Map([...known].filter(([id]) => ids.includes(id))),
    getIssue: (id: string) => issues.ask(sentryIssue(id)),
    getEvent: () => events.ask(sentryEvent()),
  } as unknown as SentryReader;
  const all = Array.from({ length: 40 }, (_, index) => sentryIssue(String(index), { substatus }));
  const views = await confirmListed(sentry, all, "production");
  expect(views.map((view) => view.state === "read" && view.issue.id)).toEqual(all.map(({ id }) => id));
  return { issues: issues.meter, events: events.meter };
}

const EVERY = Array.from({ length: 40 }, (_, index) => String(index));

it("asks for no more events at the same time than Sentry answers in a second", async () => {
  expect((await confirm(EVERY)).events).toMatchObject({ most: 15, asked: 40 });
});

it("asks for no issue that a list shows", async () => {
  expect((await confirm(EVERY)).issues).toMatchObject({ asked: 0 });
});

it("asks for what no list shows, no more at the same time than Sentry answers in a second", async () => {
  expect((await confirm([])).issues).toMatchObject({ most: 5, asked: 40 });
});

it("asks for each that came back: no list says when", async () => {
  expect((await confirm(EVERY, "regressed")).issues).toMatchObject({ asked: 40 });
});
