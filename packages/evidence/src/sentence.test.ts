import { expect, test } from "vitest";
import { asSentence } from "./sentence.ts";

test.each([
  ["it is archived in Sentry", "It is archived in Sentry."],
  ["Is it there?", "Is it there?"],
  ["`limit` is reached.", "`limit` is reached."],
  ["", ""],
])("%j becomes %j", (words, sentence) => {
  expect(asSentence(words)).toBe(sentence);
});
