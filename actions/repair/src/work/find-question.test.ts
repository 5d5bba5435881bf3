import { expect, test } from "vitest";
import { findLooseQuestion, findQuestion } from "./find-question.ts";

test.each([
  ["on one line", "I read it.\n\nQUESTION: Which currency?", "Which currency?"],
  ["over several lines", "QUESTION:\nWhich currency?\n- EUR\n- USD\n", "Which currency?\n- EUR\n- USD"],
  ["in bold", "**QUESTION:** Which currency?", "Which currency?"],
  ["twice: the last one counts", "QUESTION: a?\nNo.\nQUESTION: b?", "b?"],
])("a question in the recipe's form is found %s", (_, text, question) => {
  expect(findQuestion(text)).toBe(question);
});

test.each([
  ["in the middle of a line", "I answered the QUESTION: it is EUR."],
  ["in a code block", "```\nQUESTION: a?\n```\nDone."],
  ["without words", "QUESTION:"],
  ["in small letters", "question: a?"],
])("no question in the recipe's form is one %s", (_, text) => {
  expect(findQuestion(text)).toBeUndefined();
});

test.each([
  ["Which currency should a cart without one have? I changed nothing."],
  ["I looked.\n\nShould `total` be 0?"],
  ["**Is that right?**"],
  ["Ist das richtig？"],
])("an agent that changed nothing asks in its own way: %s", (text) => {
  expect(findLooseQuestion(text)).toBe(text.split("\n\n").at(-1));
});

test.each([
  ["unsure"],
  [""],
  ["Why? Because.\n\nI changed nothing."],
  ["See https://example.com/?q=1 for more."],
  ["It uses `a ? b : c` and a?.b."],
  ["Done.\n```\nWhat?\n```"],
])("words that ask nothing are no question: %s", (text) => {
  expect(findLooseQuestion(text)).toBeUndefined();
});
