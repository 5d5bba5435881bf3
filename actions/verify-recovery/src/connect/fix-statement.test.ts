import { describe, expect, test } from "vitest";
import { HOSTILE, hostileText } from "../testing/hostile-statements.ts";
import { issuesFixedBy } from "./fix-statement.ts";

const fixed = (text: string) => issuesFixedBy(text, "acme/ops", "acme/shop");
const here = (text: string) => issuesFixedBy(text, "acme/shop", "acme/shop");

describe("what a pull request says that it fixes", () => {
  test.each([
    ["Refs #12", [12]],
    ["refs: #12", [12]],
    ["This fixes #12.", [12]],
    ["Closes #12, #13 and #14", [12, 13, 14]],
    ["Resolved acme/shop#12", [12]],
    ["References https://github.com/acme/shop/issues/12", [12]],
    ["Fix total\n\nRefs #12\nRefs #12", [12]],
  ])("%j is %j", (text, numbers) => {
    expect(here(text)).toEqual(numbers);
  });

  test.each([
    "See #12",
    "Unlike #12",
    "#12",
    "prefix #12",
    "Refs 12",
    "Refs\n\n12",
    "fixes the #12 regression",
  ])("%j is nothing", (text) => {
    expect(here(text)).toEqual([]);
  });

  test.each(HOSTILE)("%j %j, again and again, hides no statement before it", (head, piece) => {
    expect(here(`Refs #12\n\n${hostileText(head, piece, 8_000)}`)[0]).toBe(12);
  });

  test("a bare number is of the repository that the pull request is for", () => {
    expect(fixed("Refs #12")).toEqual([]);
    expect(fixed("Refs acme/ops#12")).toEqual([12]);
    expect(fixed("Refs ACME/ops#12")).toEqual([12]);
  });
});
