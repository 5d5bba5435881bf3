import { expect, test } from "vitest";
import { LANGUAGES, readCases } from "./case.ts";

const cases = await readCases("");

test.each(LANGUAGES)(
  "the corpus has ten fixes in %s, and at least ten patches that fix nothing",
  (language) => {
    const kinds = cases.filter((one) => one.language === language).map(({ kind }) => kind);
    const fixes = kinds.filter((kind) => kind === "fix").length;
    expect([fixes, kinds.length - fixes >= 10]).toEqual([10, true]);
  },
);

test("nothing more than tested is expected of what fixes nothing, and more of every fix", () => {
  const odd = cases.filter(
    ({ kind, expect: level }) => (kind === "vacuous") !== (level === "at most tested"),
  );
  expect(odd.map(({ name }) => name)).toEqual([]);
});

test("at least 40 fixes are such that a fair judge calls them proven", () => {
  expect(cases.filter(({ expect: level }) => level === "proven").length).toBeGreaterThanOrEqual(40);
});
