import { expect, test } from "vitest";
import { closingNumbers, mentionedNumbers } from "./timeline.ts";

test.each([
  ["Refs #12 and acme/shop#13, not other/shop#14", [12, 13]],
  ["a#12 and /x#13 are no mentions", []],
  ["#7 #7", [7]],
])("%s mentions %j", (text, numbers) => {
  expect(mentionedNumbers(text, "acme/shop")).toEqual(numbers);
});

test.each([
  ["Fixes #12", [12]],
  ["closed acme/shop#3, resolves: #4", [3, 4]],
  ["Refs #12", []],
  ["Fixes other/shop#5", []],
  ["prefixes #6", []],
])("%s closes %j", (text, numbers) => {
  expect(closingNumbers(text, "acme/shop")).toEqual(numbers);
});
