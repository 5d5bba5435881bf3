import { expect, test } from "vitest";
import { findLooseQuestion, findQuestion } from "./find-question.ts";

const ASKED: Readonly<Record<string, string>> = {
  "I read it.\n\nQUESTION: Which currency?": "Which currency?",
  "QUESTION:\nWhich currency?\n- EUR\n- USD\n": "Which currency?\n- EUR\n- USD",
  "**QUESTION:** Which currency?": "Which currency?",
  "QUESTION: a?\nNo.\nQUESTION: b?": "b?",
};

test.each(Object.entries(ASKED))("the recipe's form is found in %j", (text, question) => {
  expect(findQuestion(text)).toBe(question);
});

const IN_NO_FORM = [
  "I answered the QUESTION: it is EUR.",
  "```\nQUESTION: a?\n```\nDone.",
  "QUESTION:",
  "question: a?",
];

test.each(IN_NO_FORM)("the recipe's form is not in %j", (text) => {
  expect(findQuestion(text)).toBeUndefined();
});

const OWN_WORDS =
  "Which currency should a cart have? I changed nothing.|Should `total` be 0?|**Is that right?**|Ist das richtig？";

test.each(OWN_WORDS.split("|"))("an agent that changed nothing asks in its own way: %s", (text) => {
  expect(findLooseQuestion(`I looked.\n\n${text}`)).toBe(text);
});

const NO_QUESTIONS =
  "unsure||Why? Because.\n\nI changed nothing.|See https://example.com/?q=1 for more.|It uses `a ? b : c` and a?.b.|Done.\n```\nWhat?\n```";

test.each(NO_QUESTIONS.split("|"))("no question is in %j", (text) => {
  expect(findLooseQuestion(text)).toBeUndefined();
});
