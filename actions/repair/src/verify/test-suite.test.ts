import type { TestCase } from "@patchpilot/test-report";
import { expect, test } from "vitest";
import { shareSelection } from "./test-suite.ts";

const named = (id: string): TestCase => ({ id, name: id, outcome: "failed" });

test("one command runs the whole selection", () => {
  const selection = { files: ["api/test.py"] };
  expect(shareSelection(selection, [""])).toEqual([{ selection }]);
});

test("without a selection every command runs", () => {
  expect(shareSelection(undefined, ["web", "api"])).toEqual([
    { selection: undefined },
    { selection: undefined },
  ]);
});

test("a file goes to the commands of the nearest folder", () => {
  const files = ["web/a.test.js", "b.test.js"];
  expect(shareSelection({ files }, ["", "web", "api"])).toEqual([
    { selection: { files: ["b.test.js"] } },
    { selection: { files: ["web/a.test.js"] } },
    undefined,
  ]);
});

test("a file in no command's folder has all of them run whole", () => {
  const whole = { selection: undefined };
  expect(shareSelection({ files: ["web/a.test.js", "x.js"] }, ["web", "api"])).toEqual([whole, whole]);
});

test("a test goes to the command that named it, though another has one of the same name", () => {
  const cases = [named("1 total"), named("0 10 total")];
  expect(shareSelection({ cases }, ["web", "api"])).toEqual([
    { selection: { cases: [{ ...named("0 10 total"), id: "10 total" }] } },
    { selection: { cases: [{ ...named("1 total"), id: "total" }] } },
  ]);
});
