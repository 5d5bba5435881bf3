import { attemptRecord, incidentOf, minutesAfter } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import type { DispatchFacts } from "../facts.ts";
import { claimsOf, done } from "../testing/claims.ts";
import { atWork, factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { type Progress, planChanges } from "./changes.ts";
import type { DispatchChoice, OpenedAttempt } from "./choice.ts";
import { settleAttempt } from "./settle.ts";

/** What a run writes on the only issue that it has settled. */
function written(facts: DispatchFacts, more: Partial<Progress> = {}, choice?: DispatchChoice) {
  const settings = settingsOf();
  const entry = { facts, settlement: settleAttempt(facts, settings) };
  const start = { via: "repository_dispatch", "event-type": "mend", workflow: "mend.yml" } as const;
  const context = { settings, agent: "codex", start, runHome: "https://github.com/acme/shop" };
  const choices = new Map(choice ? [[entry, choice]] : []);
  const nothing = { opened: [], declines: new Map(), missing: [], left: [], said: [] };
  return planChanges({ settled: [entry], choices, ...nothing, ...more }, context);
}
const kinds = (changes: ReturnType<typeof written>) =>
  changes.flatMap(({ records }) => records.map(({ kind }) => kind));
const opening = (facts: DispatchFacts, attempt: number): OpenedAttempt => ({
  kind: "dispatched",
  facts,
  key: `pp-4242-12-a${attempt}`,
  attempt,
  runId: null,
});

const words = { reason: "", summary: "All is well." };
const asked = atWork({
  gate: closedAs("no-change", { ending: "asked" }),
  endWords: { ...words, question: "Which currency?" },
});
const reported = atWork({
  gate: closedAs("no-change", { ending: "reported", run: "500" }),
  endWords: { ...words, ending: "reported" },
});

describe("an issue", () => {
  it("is not written if its records are older than the refs say", () => {
    expect(written(atWork({ claims: claimsOf(done({ records: { "attempt/1": 2 } })) }))).toEqual([]);
  });

  it("is not written if no incident was accepted on it", () => {
    const incident = incidentOf({ incident: undefined }, { labels: ["patchpilot"] });
    expect(incident.phase).toBeUndefined();
    expect(written(factsOf({ incident }))).toEqual([]);
  });

  it("gets no record of an attempt that was never made", () => {
    expect(kinds(written(factsOf()))).toEqual([]);
  });

  it("says why it is left to people", () => {
    const choice = { kind: "skip", reason: "below-severity", detail: "too mild", forGood: true } as const;
    const [change] = written(factsOf(), {}, choice);
    expect(change).toMatchObject({
      phase: "needs-human",
      records: [{ kind: "dispatch", data: { reason: "below-severity: too mild" } }],
    });
  });

  it("no longer says so once an attempt is opened", () => {
    const dispatch = { phase: "accepted", phaseAt: minutesAfter(5), reason: "spend-cap: no room" } as const;
    const before = factsOf({ incident: incidentOf({ dispatch }) });
    const opened = [opening({ ...before, claims: claimsOf(done()) }, 1)];
    const choice = { kind: "claim", attempt: 1, cause: "acceptance/e1" } as const;
    expect(kinds(written(before, { opened }, choice))).toEqual(["attempt/1", "dispatch"]);
  });
});

describe("the comment of an attempt", () => {
  it("shows the question that it ended with, cut to a length that the status can show", () => {
    const [change] = written({ ...asked, endWords: { ...words, question: "Why? ".repeat(100) } });
    expect(change?.records[0]?.data).toMatchObject({ question: "Why? ".repeat(60) });
    expect(written(asked)[0]?.records[0]?.data).toMatchObject({ question: "Which currency?" });
    expect(written(asked)[0]?.records[0]?.text).toContain("> <code>Which currency&#x3f;</code>");
  });

  it("keeps the question in a later run, which reads no words", () => {
    const record = attemptRecord({ ending: "asked", question: "Which currency?" });
    const { endWords: _, ...later } = { ...asked, incident: incidentOf({ attempts: [record] }) };
    expect(written(later)[0]?.records[0]?.data).toMatchObject({ question: "Which currency?" });
    const unread = { ...later, endWords: { unknown: "GitHub answered 503", unread: true } };
    expect(written(unread)[0]?.records[0]?.data).toMatchObject({ question: "Which currency?" });
  });

  it("has no question if it ended otherwise", () => {
    const failed = atWork({ gate: closedAs("failed"), endWords: { ...words, question: "Why?" } });
    expect(written(failed)[0]?.records[0]?.data).not.toHaveProperty("question");
    expect(written(failed)[0]?.records[0]?.data).not.toHaveProperty("declined");
  });

  it("shows nothing of a run that is not settled", () => {
    const facts = atWork({ gate: working, endWords: words });
    expect(written(facts)[0]?.records[0]?.text).not.toContain("All is well.");
  });

  it("holds what reviewers said who closed its pull request", () => {
    const declined = [{ author: "maya", text: "Not like this." }] as never;
    const change = written(atWork({ gate: closedAs("declined") }), { declines: new Map([[12, declined]]) });
    expect(change[0]?.records[0]?.data).toMatchObject({ declined });
  });

  it("shows the question outside of its fold only as long as no other attempt follows", () => {
    const opened = [opening({ ...asked, claims: claimsOf(done(), done()), gate: { state: "absent" } }, 2)];
    const followed = written(asked, { opened });
    expect(kinds(followed)).toEqual(["attempt/1", "attempt/2"]);
    const unfolded = (change = written(asked)) => change[0]?.records[0]?.text.split("</details>").at(-1);
    expect(unfolded()).toContain("Which currency");
    expect(unfolded(followed)).not.toContain("Which currency");
  });

  it("is written once if the same attempt is sent again", () => {
    const facts = atWork();
    expect(kinds(written(facts, { opened: [opening(facts, 1)] }))).toEqual(["attempt/1"]);
  });
});

describe("a report", () => {
  it("is written beside the record of its attempt", () => {
    const report = written(reported)[0]?.records[1];
    expect(report).toMatchObject({
      kind: "report",
      data: { attempt: 1, key: "pp-4242-12-a1", runId: "500" },
    });
    expect(report?.text).toContain("All is well.");
  });

  it.each<[string, DispatchFacts]>([
    ["its words cannot be read", { ...reported, endWords: { unknown: "it is gone", unread: false } }],
    ["the attempt asked instead", asked],
    ["the attempt is at work", { ...reported, gate: working }],
  ])("is not written if %s", (_, facts) => {
    expect(kinds(written(facts))).toEqual(["attempt/1"]);
  });
});
