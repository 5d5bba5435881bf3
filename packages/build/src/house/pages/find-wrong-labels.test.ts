import { expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { findWrongLabels } from "./find-wrong-labels.ts";
import { readTexts } from "./read-texts.ts";

test("the label of a link to a file ends with the file's name", () => {
  const pages = readTexts(REPOSITORY).filter(({ path }) => path.endsWith(".md"));
  expect(findWrongLabels(pages)).toEqual([]);
});

test("a label that names another file is found", () => {
  const text = "[impact/message.ts](../src/words.ts)";
  expect(findWrongLabels([{ path: "a.md", text }])).toEqual([
    'a.md calls ../src/words.ts "impact/message.ts".',
  ]);
});

test("a label with the file's own name is left alone", () => {
  expect(findWrongLabels([{ path: "a.md", text: "[impact/words.ts](../impact/src/words.ts)" }])).toEqual([]);
});
