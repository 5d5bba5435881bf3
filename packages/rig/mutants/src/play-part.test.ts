import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { playPart } from "./play-part.ts";
import { countScore, type Score, toShare } from "./score.ts";

const CODE = `
const STEPS = [1, 2];
export const isAdult = (age: number): boolean => age >= 18;
export function sumTo(end: number): number {
  let sum = 0;
  for (let at = 0; at <= end; at += 1) sum += at;
  return sum;
}
export const steps = (): number => STEPS.length;
`;
const TESTS = `
import { describe, expect, it } from "vitest";
import { isAdult, steps, sumTo } from "./code.ts";
it.each([[17, false], [18, true], [19, true]])("%s", (age, is) => expect(isAdult(age)).toBe(is));
describe("a sum", () => {
  it("goes to its end", () => expect([0, 1, 3].map(sumTo)).toEqual([0, 1, 6]));
});
it("has two steps", () => expect(steps()).toBe(2));
`;

/** Tries every change of the code above with such tests. */
async function scoreOf(tests: string): Promise<Score> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mutants-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/code.ts"), CODE);
  writeFileSync(join(root, "src/code.test.ts"), tests);
  const part = { name: "toy", code: ["src/*.ts"], tests: ["src/*.test.ts"] };
  return countScore((await playPart(root, part, join(root, "kept"))).ends, []);
}

test("tests that look closely notice every change, also of tables, and loops that do not end", async () => {
  const score = await scoreOf(TESTS);
  expect([toShare(score), score.covered, score.mutants > 15]).toEqual([1, score.mutants, true]);
});

test("tests that expect nothing notice next to nothing", async () => {
  expect(toShare(await scoreOf(TESTS.replace(/expect\((.*)\)\.\w+\(.*?\)\)/g, "void ($1))")))).toBeLessThan(
    0.3,
  );
});

test("with the test file emptied no change is covered, and the score is 0", async () => {
  const score = await scoreOf('import { it } from "vitest";\nit("is empty", () => undefined);\n');
  expect([toShare(score), score.covered]).toEqual([0, 0]);
});

test("a test that fails without any change ends the measurement", async () => {
  await expect(scoreOf(TESTS.replace("toBe(2)", "toBe(3)"))).rejects.toThrow(
    "A test fails without any change",
  );
});
