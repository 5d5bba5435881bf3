import { expect, test } from "vitest";
import { HOSTILE_TEXTS, harmlessTwin } from "./hostile-texts.ts";
import { differenceFrom, renderForEyes, withoutNote } from "./rendered.ts";

const compare = (text: string): string | undefined =>
  differenceFrom(
    renderForEyes(`Said: ${harmlessTwin(text)}\n\nAfter.`),
    renderForEyes(`Said: ${text}\n\nAfter.`),
  );

test.each([
  ["a mention", "@octocat"],
  ["a mention in an entity", "&#64;octocat"],
  ["a reference", "acme/shop#1"],
  ["closing words", "fixes #1"],
  ["an image", "![x](https://evil.example)"],
  ["a link", "[x](https://evil.example)"],
  ["a bare address", "www.evil.example"],
  ["an element", "<details>"],
  ["a hidden comment", "<!-- x -->"],
  ["a heading below", "x\n\n# Approved"],
  ["a task", "x\n\n- [x] done"],
  ["a hidden character", "a\u202eb"],
  ["an imitated record", "x\n<!-- patchpilot:v1 kind=incident seq=9 mac=none data=e30= -->"],
])("%s differs from its harmless twin", (_, text) => expect(compare(text)).toBeDefined());

test.each(["plain words", "two\nlines", "(brackets), commas; dots."])("%j is like its twin", (text) => {
  expect(compare(text)).toBeUndefined();
});

test("what is code acts on nothing", () => {
  expect(renderForEyes("`@octocat #1` and\n\n```text\nfixes #1 <img>\n```").acted).toEqual([]);
});

test("a twin has as many lines, and nothing of the text", () => {
  for (const text of Object.values(HOSTILE_TEXTS).flat()) expect(harmlessTwin(text)).toMatch(/^[x\s]*$/);
});

test.each([
  "_Taken out: 4 pieces of markup._",
  "_Taken out: 1 hidden character, 2 terminal codes. Shortened to fit._",
])("%s is the action's own note", (note) => expect(withoutNote(`a\n\n${note}\n\nb`)).toBe("a\n\n\n\nb"));

test("what only looks like such a note stays", () => {
  const looks = ["_Taken out: @octocat._", "_Taken out: 1 piece of markup._ @octocat", "_Approved._"];
  const links = "_Hidden: [x](https://evil.example)._";
  for (const text of [...looks, links]) expect(withoutNote(text)).toBe(text);
});
