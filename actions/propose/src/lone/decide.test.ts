import { expect, test } from "vitest";
import { decideLone, decideLoneStart, type LoneFacts, type LoneStart, patchBranch } from "./decide.ts";

const START: LoneStart = { branch: undefined, isDispatched: false, stopped: false, selected: "auto" };

test.each<[string, Partial<LoneStart>, string, string]>([
  ["a branch", { branch: "patchpilot/1-a1" }, "refused", "`branch` is given without `key`"],
  ["an attempt that lost its key", { isDispatched: true }, "refused", "`key` is empty"],
  ["the kill switch", { stopped: true }, "stopped", "`stop` is set"],
  ["no issue at all", { selected: [] }, "not-selected", "`issues` is empty"],
  ["issues of incidents", { selected: [12] }, "not-selected", "belongs to none"],
])("%s keeps a patch from being read", (_, change, verdict, reason) => {
  expect(decideLoneStart({ ...START, ...change })).toEqual({
    verdict,
    reasons: [expect.stringContaining(reason)],
  });
});

test("nothing else keeps a patch from being read", () => {
  expect(decideLoneStart(START)).toBeUndefined();
});

const HEAD = "a".repeat(40);
const OLDER = "b".repeat(40);
const FACTS: LoneFacts = {
  branch: "patchpilot/patch-0123456789ab",
  pullRequest: undefined,
  tip: undefined,
  head: HEAD,
  baseSha: undefined,
};
const tipOn = (...parents: string[]) => ({ oid: "c".repeat(40), tree: "d".repeat(40), parents });

test.each<[string, Partial<LoneFacts>, object]>([
  ["the newest commit where none is named", {}, { sha: HEAD, by: "head" }],
  ["the commit that is named", { baseSha: OLDER }, { sha: OLDER, by: "input" }],
  ["the commit that its branch stands on", { tip: tipOn(OLDER), baseSha: HEAD }, { sha: OLDER, by: "tip" }],
])("a patch is applied to %s", (_, change, base) => {
  expect(decideLone({ ...FACTS, ...change })).toEqual({ base });
});

test.each([
  ["a merge", tipOn(HEAD, OLDER)],
  ["a commit without a parent", tipOn()],
])("a branch that ends with %s is somebody's work", (_, tip) => {
  expect(decideLone({ ...FACTS, tip })).toMatchObject({ ending: { verdict: "refused" } });
});

test("the same bytes have the same branch, by the first 12 digits of their SHA-256", () => {
  expect(patchBranch(`0123456789ab${"c".repeat(52)}`)).toBe("patchpilot/patch-0123456789ab");
});
