import { type IncidentKind, KINDS } from "@patchpilot/incident";
import * as made from "@patchpilot/incident/testing";
import { describe, expect, test } from "vitest";
import { statusText } from "./status-text.ts";

type Records = NonNullable<Parameters<typeof made.incidentOf>[0]>;

/** Words that are untrue of a kind, whatever has happened. */
const UNTRUE: Readonly<Record<IncidentKind, RegExp>> = {
  error: /\bp95\b|\bslow(er)?\b|\basked for; nothing\b/i,
  performance: /\bcrash(es|ed)?\b|\berrors?\b|\bexception\b/i,
  issue: /\bcrash(es|ed)?\b|\berrors?\b|\bp95\b|\bslow\b|\bSentry\b|\brecover(ed|y)\b|\bseverity\b/i,
  task: /\bcrash(es|ed)?\b|\berrors?\b|\bp95\b|\bslow\b|\bSentry\b|\brecover(ed|y)\b|\bseverity\b/i,
};

const PERFORMANCE = {
  performance: { now: { p95: 630 }, before: { p95: 138 }, threshold: 500 },
} as unknown as Partial<Records["incident"]>;

const attempt = (changes: Parameters<typeof made.attemptRecord>[0]): Records => ({
  attempts: [made.attemptRecord(changes)],
});

/** What may have happened to an incident of any kind. */
const STATES: Readonly<Record<string, Records>> = {
  "is accepted": {},
  "is being repaired": attempt({}),
  "has a draft pull request": attempt({ phase: "proposed", pullRequest: 34 }),
  "has a plan": attempt({ phase: "needs-human", outcome: "planned" }),
  "has a question of the agent": attempt({ phase: "needs-human", outcome: "no-change", ending: "asked" }),
  "has an attempt that published nothing": attempt({ phase: "requeued" }),
  "is to be tried again": attempt({ phase: "requeued", outcome: "failed" }),
  "had its pull request closed": attempt({ phase: "needs-human", outcome: "declined" }),
  "has just been merged": attempt({ phase: "verifying", outcome: "merged", pullRequest: 34 }),
  "is merged and not live": {
    ...attempt({ phase: "verifying", outcome: "merged" }),
    recoveries: [made.recoveryRecord({ attempt: 1, verdict: "not-deployed" })],
  },
};

const statusOf = (kind: IncidentKind, records: Records): string =>
  statusText(
    made.incidentOf({
      ...records,
      incident: made.incidentRecord({
        kind,
        title: "Checkout",
        ...(kind === "performance" ? PERFORMANCE : {}),
      }),
    }),
    "",
  );

describe.each(KINDS)("of the kind %s", (kind) => {
  test.each(Object.entries(STATES))("no sentence is untrue if it %s", (_, records) => {
    const text = statusOf(kind, records);
    expect(text).toMatch(/^### /);
    expect(text).not.toMatch(UNTRUE[kind]);
  });
});

test.each(["issue", "task"] as const)("a merged %s ends as done, and never as recovered", (kind) => {
  const done = { ...made.closeRecord(made.minutesAfter(90)), phase: "done" as const };
  const text = statusOf(kind, { recoveries: [done] });
  expect(text).toMatch(/^### 🟢 Done/);
  expect(text).not.toMatch(UNTRUE[kind]);
});

test("the words above are found where they are", () => {
  expect(statusOf("error", {})).toMatch(UNTRUE.performance);
  expect(statusOf("performance", {})).toMatch(UNTRUE.error);
});
