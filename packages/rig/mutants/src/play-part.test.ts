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

const LOOSE_TESTS = TESTS.replace(/expect\((.*)\)\.\w+\(.*?\)\)/g, "void ($1))");
const NO_TESTS = 'import { it } from "vitest";\nit("is empty", () => undefined);\n';

/** Tries every change of the code above, once for each of the tests; gives a score for each. */
async function scoreEach(tests: Readonly<Record<string, string>>): Promise<Record<string, Score>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mutants-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "src"));
  for (const [name, text] of Object.entries(tests)) {
    writeFileSync(join(root, `src/${name}.ts`), CODE);
    writeFileSync(join(root, `src/${name}.test.ts`), text.replace("./code.ts", `./${name}.ts`));
  }
  const part = { name: "toy", code: ["src/*.ts"], tests: ["src/*.test.ts"] };
  const { ends } = await playPart(root, part, join(root, "kept"));
  return Object.fromEntries(
    Object.keys(tests).map((name) => [
      name,
      countScore(
        ends.filter((end) => end.name.startsWith(`src/${name}.ts `)),
        [],
      ),
    ]),
  );
}

test("tests that look closely notice every change, also of tables and of loops; loose ones next to nothing", async () => {
  const { close, loose, none } = await scoreEach({ close: TESTS, loose: LOOSE_TESTS, none: NO_TESTS });
  expect(close).toMatchObject({ mutants: 13, covered: 13, survived: 0 });
  expect(loose?.covered).toBeGreaterThan(10);
  expect(toShare(loose as Score)).toBeLessThan(0.3);
  expect([none?.covered, toShare(none as Score)]).toEqual([0, 0]);
});

test("a test that fails without any change ends the measurement", async () => {
  await expect(scoreEach({ broken: TESTS.replace("toBe(2)", "toBe(3)") })).rejects.toThrow(
    "A test fails without any change",
  );
});
