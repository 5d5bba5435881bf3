import { expect, test } from "vitest";
import { linkIssues } from "./link-issues.ts";

const HOME = { serverUrl: "https://github.example", repository: "acme/shop" };
const linked = (text: string) => linkIssues(text, HOME);

test.each([
  ["#12 recovered.", "[#12](https://github.example/acme/shop/issues/12) recovered."],
  [
    "| #1 | (#2) |",
    "| [#1](https://github.example/acme/shop/issues/1) | ([#2](https://github.example/acme/shop/issues/2)) |",
  ],
  ["See acme/web#7.", "See [acme/web#7](https://github.example/acme/web/issues/7)."],
])("%s is linked", (text, expected) => {
  expect(linked(text)).toBe(expected);
});

test.each(
  Object.entries({
    code: "`#12` and ``a ` #12``",
    "a link": "[#12](https://github.example/acme/shop/pull/12)",
    "an address": "https://github.example/acme/shop/issues/12#issuecomment-3 and https://x.example/#12",
    "an entity": "&#12;",
    "what was escaped": "\\#12",
    "what was made inert": "#\u206012",
    "a word": "abc#12 and C#12x",
  }),
)("%s stays as it is", (_, text) => {
  expect(linked(text)).toBe(text);
});
