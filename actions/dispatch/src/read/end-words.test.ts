import { attemptRecord, incidentOf, minutesAfter } from "@patchpilot/incident/testing";
import { expect, test } from "vitest";
import { claimsOf, done } from "../testing/claims.ts";
import { factsOf, settingsOf } from "../testing/facts.ts";
import { closedAs, working } from "../testing/gates.ts";
import { runOf } from "../testing/runs.ts";
import { findEndWords, readEndWords } from "./end-words.ts";
import type { LeftWork } from "./left-work.ts";

const KEY = "pp-4242-12-a1";
const file = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));
const files = (name: string, content: unknown) =>
  new Map(content === undefined ? [] : [[name, file(content)]]);
const left = (
  work: unknown,
  verification?: unknown,
  ends: { gate?: unknown; publish?: unknown } = {},
): LeftWork => ({
  gate: files("ending.json", ends.gate),
  work: files("result.json", work),
  verification: files("result.json", verification),
  publication: files("ending.json", ends.publish),
});
const texts = (work: unknown, verification?: unknown) =>
  findEndWords(left(work, verification), KEY, ["hunter2hunter2"]);

test("reason and last words are the worker's", () => {
  expect(texts({ key: KEY, result: "failed", reason: "Red.", summary: "I tried.\n" })).toEqual({
    reason: "Red.",
    summary: "I tried.",
  });
});

test("a patch that a fresh machine found red ended for that reason", () => {
  const red = {
    result: "failed",
    reason: "The tests are red: npm test.",
    failure: { command: "npm test", output: "1 failed" },
  };
  expect(texts({ result: "patch", reason: "Tested.", summary: "Done." }, red)).toEqual({
    reason: "The tests are red: npm test.",
    summary: "Done.",
    failure: { command: "npm test", output: "1 failed" },
  });
});

test("a green patch without a pull request was not published", () => {
  expect(texts({ result: "patch", reason: "Tested." }, { result: "patch" })).toMatchObject({
    reason: expect.stringContaining("was not published"),
  });
});

const NOT_ALLOWED = { v: 1, key: KEY, reason: "Nothing is published: not permitted.", cause: "setup" };

test("a green patch or a plan that was not published ended for the reason that `publish` gives", () => {
  for (const result of ["patch", "plan"])
    expect(
      findEndWords(left({ result, summary: "Done." }, undefined, { publish: NOT_ALLOWED }), KEY, []),
    ).toEqual({ reason: NOT_ALLOWED.reason, summary: "Done.", cause: "setup" });
});

test.each([
  ["a red patch", left({ result: "patch" }, { result: "failed", reason: "Red." }, { publish: NOT_ALLOWED })],
  ["no change", left({ result: "no-change", reason: "Red." }, undefined, { publish: NOT_ALLOWED })],
])("what `publish` left of an earlier try says nothing of %s", (_, found) => {
  expect(findEndWords(found, KEY, [])).toEqual({ reason: "Red.", summary: "" });
});

test("what another attempt's `publish` left says nothing", () => {
  const publish = { ...NOT_ALLOWED, key: "pp-4242-12-a9" };
  expect(findEndWords(left({ result: "patch" }, undefined, { publish }), KEY, [])).toMatchObject({
    reason: expect.stringContaining("was not published"),
  });
});

test("an attempt that nobody was let to ended for the reason that `gate` gives", () => {
  const gate = { v: 1, key: KEY, reason: "A branch is in the way.", cause: "setup" };
  expect(findEndWords(left(undefined, undefined, { gate }), KEY, [])).toEqual({
    reason: "A branch is in the way.",
    summary: "",
    cause: "setup",
  });
});

test("secrets are hidden, and long texts are cut", () => {
  const endWords = texts({ result: "failed", reason: "hunter2hunter2", summary: "long ".repeat(5000) });
  expect(JSON.stringify(endWords)).not.toContain("hunter2");
  expect(JSON.stringify(endWords).length).toBeLessThan(3000);
});

test("another attempt's result says nothing of this one", () => {
  expect(texts({ key: "pp-4242-12-a2", reason: "Red." })).toMatchObject({
    unknown: expect.stringContaining("another"),
  });
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["nothing", ""],
])("a result that holds %s is none", (_, content) => {
  const work = new Map([["result.json", new TextEncoder().encode(content)]]);
  expect(findEndWords({ ...left(undefined), work }, KEY, [])).toMatchObject({
    unknown: "its run left no result",
  });
});

const ended = {
  claims: claimsOf(done()),
  gate: working,
  runs: [runOf({ ended: true, conclusion: "failure" })],
};
async function readFrom(
  facts: Parameters<typeof factsOf>[0],
  reply: () => Promise<LeftWork | string> = async () => left({ reason: "Red." }),
) {
  const asked: string[] = [];
  const reader = {
    aside: () => undefined as never,
    read: (run: string) => {
      asked.push(run);
      return reply();
    },
  };
  const [read] = await readEndWords([factsOf(facts)], settingsOf(), reader, []);
  return { asked, endWords: read?.endWords };
}

test("the run of an attempt that has just ended is asked", async () => {
  expect(await readFrom(ended)).toEqual({ asked: ["500"], endWords: { reason: "Red.", summary: "" } });
});

test.each([
  ["is at work", { ...ended, runs: [runOf()] }],
  [
    "is recorded with its outcome",
    { ...ended, incident: incidentOf({ attempts: [attemptRecord({ outcome: "failed" })] }) },
  ],
  ["was merged", { ...ended, gate: closedAs("merged") }],
  ["was never opened", {}],
])("nothing is asked about an attempt that %s", async (_, facts) => {
  expect((await readFrom(facts)).asked).toEqual([]);
});

test("an attempt whose gate another run closed is asked about, as long as no record names it", async () => {
  const record = attemptRecord({ phaseAt: minutesAfter(1) });
  const facts = {
    ...ended,
    gate: closedAs("failed", { run: "500" }),
    incident: incidentOf({ attempts: [record] }),
  };
  expect((await readFrom(facts)).asked).toEqual(["500"]);
});

test("a reply that fails is said, and may be asked for again", async () => {
  const { endWords } = await readFrom(ended, () => Promise.reject(new Error("GitHub answered 503.")));
  expect(endWords).toEqual({
    unknown: "what it left could not be read from GitHub: GitHub answered 503.",
    unread: true,
  });
});
