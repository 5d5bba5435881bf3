import { expect, it } from "vitest";
import { redactValues } from "./redact-values.ts";

const ONE = "correct-horse-battery-91";
const OTHER = "staple-violet-harbor-47";
const TEXT = `a ${ONE} b ${OTHER} c`;

it("the values of a job's secrets are hidden and counted", () => {
  expect(redactValues(TEXT, [ONE, OTHER])).toEqual({
    text: "a [redacted secret] b [redacted secret] c",
    hidden: 2,
  });
});

it("without secrets, or with short ones alone, the text stays", () => {
  expect(redactValues(TEXT, [])).toEqual({ text: TEXT, hidden: 0 });
  expect(redactValues("a short b", ["short"])).toEqual({ text: "a short b", hidden: 0 });
});

it("each call hides the secrets that it is given, whatever the one before was given", () => {
  const one = `a [redacted secret] b ${OTHER} c`;
  const other = `a ${ONE} b [redacted secret] c`;
  const both = "a [redacted secret] b [redacted secret] c";
  for (const [secrets, shown] of [
    [[ONE], one],
    [[OTHER], other],
    [[ONE, OTHER], both],
    [[ONE], one],
    [[ONE, OTHER], both],
    [[ONE, "x-unrelated-value-22"], one],
    [["x-unrelated-value-22", OTHER], other],
    [[], TEXT],
    [[OTHER], other],
  ] as const)
    expect(redactValues(TEXT, secrets).text).toBe(shown);
});

it("a list that its owner changes afterwards is read anew", () => {
  const secrets = [ONE];
  expect(redactValues(TEXT, secrets).hidden).toBe(1);
  secrets[0] = OTHER;
  expect(redactValues(TEXT, secrets).text).toBe(`a ${ONE} b [redacted secret] c`);
});
