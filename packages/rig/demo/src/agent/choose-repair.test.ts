import { expect, test } from "vitest";
import { chooseRepair } from "./choose-repair.ts";

const repair = (sentence: string, find: string, by: string) => ({
  sentence,
  why: "",
  edits: [{ file: "a.js", replace: [{ find, by }] }],
});
const REPAIRS = [repair("first", "one", "two"), repair("second", "two", "three")];

test("the first repair whose places are there is made", () => {
  const { sentence, changed } = chooseRepair(REPAIRS, new Map([["a.js", "one;"]]));
  expect([sentence, changed.get("a.js")]).toEqual(["first", "two;"]);
});

test("after it was merged the next one is", () => {
  const { sentence, changed } = chooseRepair(REPAIRS, new Map([["a.js", "two;"]]));
  expect([sentence, changed.get("a.js")]).toEqual(["second", "three;"]);
});

test("an edit that fits only in part is not made", () => {
  const twice = {
    sentence: "both",
    why: "",
    edits: [...(REPAIRS[0]?.edits ?? []), { file: "b.js", replace: [{ find: "x", by: "y" }] }],
  };
  expect(() => chooseRepair([twice], new Map([["a.js", "one"]]))).toThrow("finds none of the places");
});
