import { expect, test } from "vitest";
import { splitArguments, splitStatements } from "./regions.ts";

const split = (text: string): string[] => splitArguments(text).map((part) => part.text);

test("arguments are split at the commas outside of brackets", () => {
  expect(split("load, (error) => { log(error, 1); }")).toEqual(["load", " (error) => { log(error, 1); }"]);
});

test("arguments are left whole where more brackets are closed than opened", () => {
  expect(split("load), fail")).toEqual(["load), fail"]);
});

test("statements are split even where more brackets are closed than opened", () => {
  expect(splitStatements("load()); fail()\n")).toEqual(["load())", "fail()"]);
});
