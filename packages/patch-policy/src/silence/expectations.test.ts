import { expect, test } from "vitest";
import { judgeChange } from "../testing/judge-change.ts";
import { rateAssertion } from "./expectations.ts";

test.each([
  [4, "expect(() => f()).toThrow(RangeError);"],
  [4, "with pytest.raises(ValueError):"],
  [3, "expect(f()).toBe(3);"],
  [3, "assert f() == 3"],
  [3, "assert_eq!(f(), 3);"],
  [2, "assert f() == pytest.approx(3, abs=0.1)"],
  [2, "expect(f()).to be_within(0.1).of(3)"],
  [1, "expect(f()).toEqual(expect.any(Number));"],
  [1, "expect { f }.not_to raise_error"],
  [1, "assertNotNull(f());"],
  [0, "run();"],
])("%s of 4 is how much %j wants", (rate, text) => {
  expect(rateAssertion(text)).toBe(rate);
});

const rulesOf = (before: string, after: string, path = "a.test.ts"): string[] =>
  judgeChange(path, `test("a", () => {\n${before}\n});\n`, `test("a", () => {\n${after}\n});\n`).refused.map(
    ({ rule }) => rule,
  );

test.each([
  ["  expect(f(1)).toBe(3);", "  expect(f(1)).toBeDefined();", "loosens-assertion"],
  ["  expect(f(1)).toBe(3);", "  expect(f(1)).toBe(4);", "changes-expectation"],
  ["  expect(() => f(1)).toThrow();", "  expect(f(1)).toBe(0);", "loosens-assertion"],
])("%j that becomes %j is refused as %s", (before, after, rule) => {
  expect(rulesOf(before, after)).toContain(rule);
});

test.each([
  ["  expect(f(1)).toBe(3);", "  expect(f(1)).toBe(3);\n  expect(f(2)).toBe(4);"],
  ["  expect(f(1)).toBeDefined();", "  expect(f(1)).toBe(3);"],
  ["  expect(f(1)).toBe(3);", "  expect(g(1)).toBe(4);"],
])("%j may become %j", (before, after) => {
  expect(rulesOf(before, after)).toEqual([]);
});
