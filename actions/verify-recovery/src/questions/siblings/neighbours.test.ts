import { expect, test } from "vitest";
import { anIdentity } from "../../testing/world.ts";
import type { ErrorIdentity } from "../sources.ts";
import { findNeighbours } from "./neighbours.ts";

const other = { id: "1099", shortId: "SHOP-99" };
const find = (more: Partial<ErrorIdentity>, mine: Partial<ErrorIdentity> = {}) =>
  findNeighbours(anIdentity(mine), [anIdentity({ ...other, ...more })]).map(({ alike }) => alike);

test("an error of the same culprit is in the same place, whatever it says and wherever it crashes", () => {
  expect(find({ type: "Failed", message: "no", filename: "src/x.ts", function: "x" })).toEqual(["place"]);
});

test("an error of another culprit is not, though it crashes in the same function", () => {
  expect(find({ culprit: "POST /login", message: "no" })).toEqual([]);
});

test("file and function tell the place where a culprit says nothing", () => {
  expect(find({ culprit: "?", message: "no" })).toEqual(["place"]);
  expect(find({ culprit: null, message: "no", function: "add" })).toEqual([]);
  expect(find({ culprit: null, message: "no", filename: null }, { culprit: null, filename: null })).toEqual(
    [],
  );
});

test("an error of the same type and message may be the same anywhere", () => {
  expect(find({ culprit: "POST /login", message: "cannot read total" })).toEqual(["message"]);
  expect(find({ culprit: "POST /login", message: null }, { message: null })).toEqual([]);
});

test("another project has errors of its own, and an error is not its own neighbour", () => {
  expect(find({ projectId: "2" })).toEqual([]);
  expect(find({ projectId: null })).toEqual(["place"]);
  expect(find({ shortId: "SHOP-12" })).toEqual([]);
});
