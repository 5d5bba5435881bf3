import { expect, test } from "vitest";
import { findCircles } from "./find-circles.ts";

const graph = (arrows: string) =>
  new Map(
    arrows.split(", ").map((each): [string, string[]] => {
      const [from = "", to = ""] = each.split(">");
      return [from, to.split("").filter(Boolean)];
    }),
  );

test.each([
  ["two that import each other", "a>b, b>a", [["a", "b"]]],
  ["three in a ring, entered from outside", "a>b, b>c, c>d, d>b", [["b", "c", "d"]]],
  ["a file that imports itself", "a>a, b>a", [["a"]]],
  ["two rings with a file in common are one", "a>bc, b>a, c>a", [["a", "b", "c"]]],
  [
    "two rings apart",
    "a>b, b>ac, c>d, d>c",
    [
      ["c", "d"],
      ["a", "b"],
    ],
  ],
])("%s", (_, arrows, circles) => {
  expect(findCircles(graph(arrows))).toEqual(circles);
});

test("two ways to the same file are no circle, and neither is a file outside", () => {
  expect(findCircles(graph("a>bc, b>d, c>d, d>x"))).toEqual([]);
});
