import { expect, test } from "vitest";
import { countTokens, describeLessonFigure, type LessonOrder, measureLesson } from "./lesson-figure.ts";

const files = new Map([
  ["src/a.js", "a".repeat(400)],
  ["src/cart.js", "c".repeat(800)],
  ["src/z.js", "z".repeat(1_200)],
  ["test/cart.test.js", "t".repeat(2_000)],
]);
const lesson = {
  signature: "s",
  outcome: "recovered",
  files: ["src/cart.js", "test/cart.test.js"],
  confidence: 1,
};
const measure = (lessons: LessonOrder["lessons"] & {}) =>
  measureLesson({ suspectFiles: ["src/z.js", "src/cart.js"], lessons }, files, [
    "src/cart.js",
    "test/cart.test.js",
  ]);

test("a lesson that names what the repair changes saves what lies before it", () => {
  const figure = measure([{ lesson }]);
  expect(figure).toMatchObject({ hit: 2, changed: 2, suspectsHit: 1, suspects: 2 });
  expect(figure.without).toBe(100 + 200 + 300 + 500);
  expect(figure.with).toBe(700 + countTokens(JSON.stringify(lesson)));
  expect(describeLessonFigure(figure)).toContain(`${figure.without - figure.with} saved`);
});

test("a lesson of other files costs more than none, and the figure says so", () => {
  const figure = measure([{ lesson: { ...lesson, files: ["src/a.js"] } }]);
  expect(figure).toMatchObject({ hit: 0, suspectsHit: 0 });
  expect(describeLessonFigure(figure)).toMatch(/\d+ more \(/);
});

test("without a lesson there is nothing to save", () => {
  const figure = measure([]);
  expect(figure.with).toBe(figure.without);
});
