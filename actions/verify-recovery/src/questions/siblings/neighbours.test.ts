import { expect, test } from "vitest";
import { anIdentity } from "../../testing/world.ts";
import type { ErrorIdentity } from "../sources.ts";
import { findNeighbours } from "./neighbours.ts";

const other = { id: "1099", shortId: "SHOP-99" };
const NO = { type: "Failed", message: "no" };
const SILENT = { type: "TypeError", message: null };
const NOWHERE = { filename: null, function: null };
const find = (more: Partial<ErrorIdentity>, mine: Partial<ErrorIdentity> = {}) =>
  findNeighbours(anIdentity(mine), [anIdentity({ ...other, ...more })]).map(({ alike }) => alike);

test("an error of the same culprit is in the same place, whatever it says and wherever it crashes", () => {
  expect(find({ thrown: NO, frame: { filename: "src/x.ts", function: "x" } })).toEqual(["place"]);
});

test("an error of another culprit is not, though it crashes in the same function", () => {
  expect(find({ culprit: "POST /login", thrown: NO })).toEqual([]);
});

test("file and function tell the place where a culprit says nothing", () => {
  expect(find({ culprit: "?", thrown: NO })).toEqual(["place"]);
  expect(find({ culprit: null, thrown: NO, frame: { filename: "src/cart.ts", function: "add" } })).toEqual(
    [],
  );
  expect(find({ culprit: null, thrown: NO, frame: NOWHERE }, { culprit: null, frame: NOWHERE })).toEqual([]);
});

test("of one address for a whole API, errors of one function are in the same place", () => {
  const api = { culprit: "POST /graphql" };
  expect(find({ ...api, thrown: NO }, api)).toEqual(["place"]);
  expect(find({ ...api, thrown: NO, frame: { filename: "src/search.ts", function: "find" } }, api)).toEqual(
    [],
  );
});

test("an error of the same type and message may be the same anywhere", () => {
  expect(
    find({ culprit: "POST /login", thrown: { type: "TypeError", message: "cannot read total" } }),
  ).toEqual(["message"]);
  expect(find({ culprit: "POST /login", thrown: SILENT }, { thrown: SILENT })).toEqual([]);
});

test("another project has its own errors, and an error is not its own neighbour", () => {
  expect(find({ projectId: "2" })).toEqual([]);
  expect(find({ projectId: null })).toEqual(["place"]);
  expect(find({ shortId: "SHOP-12" })).toEqual([]);
});
