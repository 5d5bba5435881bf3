import { makeRepairResult } from "@patchpilot/incident/testing";
import { makeFinding } from "@patchpilot/patch-policy";
import { expect, test } from "vitest";
import { type PatchFacts, patchBody, patchMessage, patchTitle } from "./words.ts";

const SHA256 = `0123456789ab${"c".repeat(52)}`;

const facts = (changes: Partial<PatchFacts> = {}): PatchFacts => ({
  title: undefined,
  sha256: SHA256,
  isFixed: true,
  draft: true,
  hasOwnToken: false,
  base: { sha: "b".repeat(40), by: "input" },
  changes: [{ path: "src/a.js", before: { mode: "100644", oid: "1" }, after: { mode: "100644", oid: "2" } }],
  flagged: [],
  patchId: "d".repeat(40),
  reported: {},
  secrets: [],
  ...changes,
});

test("a patch is named after its bytes", () => {
  expect(patchTitle(facts())).toBe("Apply patch 0123456789ab");
});

test.each(["", "   "])("a title of %j is none", (title) => {
  expect(patchTitle(facts({ title }))).toBe("Apply patch 0123456789ab");
});

test("the title of the workflow's author mentions, closes and refers to nothing, and holds no secret", () => {
  const given = facts({ title: "Fixes #7 for @octocat,\nSHOP-1 s3cr3t-value", secrets: ["s3cr3t-value"] });
  expect(`${patchTitle(given)}\n${patchMessage(given)}`).not.toMatch(/#\d|@\w|s3cr3t|fixes SHOP-/i);
});

test("the commit is tied to the bytes, and to no attempt", () => {
  expect(patchMessage(facts())).toBe(
    `Apply patch 0123456789ab\n\nPatch-SHA256: ${SHA256}\nPatch-Id: ${"d".repeat(40)}\n`,
  );
});

test("the body claims nothing of incidents, production, agents or a job that verified it", () => {
  const body = patchBody(facts());
  expect(body).not.toMatch(/Refs|attempt|production|agent|verify/i);
  expect(body).toContain("It belongs to no incident");
});

test("the body says what was not fixed before the patch was read", () => {
  const body = patchBody(facts({ isFixed: false, base: { sha: "b".repeat(40), by: "head" } }));
  expect(body).toContain("**Nothing fixed the patch's bytes before this job read them**");
  expect(body).toContain("No one said which commit the patch was made on");
});

test("the body does not say that of what was fixed", () => {
  expect(patchBody(facts())).not.toMatch(/Nothing fixed|No one said/);
});

const RESULT = makeRepairResult({
  summary: "Guards the cart.",
  checks: [{ name: "test", command: "npm test", outcome: "passed", exitCode: 0, seconds: 3 }],
  seconds: 60,
});

test("the body says that an earlier run chose the base", () => {
  const body = patchBody(facts({ base: { sha: "b".repeat(40), by: "tip" } }));
  expect(body).toContain("An earlier run had made the branch already, on the base below.");
  expect(body).not.toContain("No one said");
});

test("checks are reported as the words of the job that made the patch", () => {
  const body = patchBody(facts({ reported: { result: RESULT } }));
  expect(body).toContain("Tests passed while the agent worked, as the job that made the patch reports it.");
  expect(body).not.toContain("ran the tests again");
});

test("checks do not count where the patch changes how it is tested", () => {
  const flagged = [makeFinding("changes-how-it-is-tested", "Makefile", { path: "Makefile" })];
  const body = patchBody(facts({ reported: { result: RESULT }, flagged }));
  expect(body).toContain("The tests do not count as verification");
});
