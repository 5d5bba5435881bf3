import { expect, test } from "vitest";
import { findPairs } from "./find-pairs.ts";

const lines = (count: number, write = (index: number) => `run(${index});`): string[] =>
  Array.from({ length: count }, (_, index) => write(index));

const file = (path: string, ...code: string[]) => ({ path, code });
const names = (pairs: ReturnType<typeof findPairs>["exact"]) =>
  pairs.map(({ first, second }) => `${first.path}:${first.line} ${second.path}:${second.line}`);

test("six lines in common are a pair, five are none", () => {
  const pairs = (count: number) =>
    findPairs([file("a", "one();", ...lines(count)), file("b", ...lines(count), "two();")]);
  expect(names(pairs(6).exact)).toEqual(["a:2 b:1"]);
  expect(pairs(5)).toEqual({ exact: [], byShape: [] });
});

test("two files are one pair, however much they share", () => {
  const code = [...lines(20), "apart();", ...lines(6, (index) => `walk(${index});`)];
  expect(findPairs([file("a", ...code), file("b", ...code)]).exact).toHaveLength(1);
});

test("blank lines, imports, lone punctuation and white space make no difference", () => {
  const [one = "", two = "", ...rest] = lines(6);
  const pairs = findPairs([
    file("a", one, "", "  });", 'import { x } from "y";', `  ${two}`, ...rest),
    file("b", ...lines(6)),
  ]);
  expect(names(pairs.exact)).toEqual(["a:1 b:1"]);
});

test("a file that has a run twice is a pair, one that only repeats a line is none", () => {
  expect(names(findPairs([file("a", ...lines(6), "apart();", ...lines(6))]).exact)).toEqual(["a:1 a:8"]);
  expect(findPairs([file("a", ...lines(11, () => "again();"))]).exact).toEqual([]);
});

test("what occurs in more than eight places is too common", () => {
  const files = (count: number) =>
    lines(count, (index) => `file ${index}`).map((path) => file(path, ...lines(6)));
  expect(findPairs(files(8)).exact).toHaveLength(28);
  expect(findPairs(files(9)).exact).toEqual([]);
});

const shaped = (name: string, text: string, number: number): string[] => [
  `export function ${name}(${name}s: readonly string[]): number {`,
  `  const ${name}Count = ${name}s.filter((each) => each !== "${text}").length;`,
  `  if (${name}Count > ${number}) return ${name}Count;`,
  `  for (const ${name} of ${name}s) report(${name}, "${text}");`,
  `  const rest = ${name}s.slice(${number});`,
  `  return rest.length + ${number};`,
];

test("lines that differ in names, strings and numbers are a pair by shape, and only one of both kinds", () => {
  const pairs = findPairs([
    file("a", ...shaped("door", "open", 1)),
    file("b", ...shaped("window", "shut", 22)),
  ]);
  expect(pairs.exact).toEqual([]);
  expect(names(pairs.byShape)).toEqual(["a:1 b:1"]);
  const same = findPairs([file("a", ...shaped("door", "open", 1)), file("b", ...shaped("door", "open", 1))]);
  expect(names(same.exact)).toEqual(["a:1 b:1"]);
  expect(same.byShape).toEqual([]);
});

test("another word of the language is another shape, and a mere list of fields has none to tell", () => {
  const other = shaped("window", "shut", 22).map((line) => line.replace("if (", "while ("));
  expect(findPairs([file("a", ...shaped("door", "open", 1)), file("b", ...other)]).byShape).toEqual([]);
  const fields = (name: string) => lines(8, (index) => `readonly ${name}${index}: string;`);
  expect(findPairs([file("a", ...fields("x")), file("b", ...fields("y"))]).byShape).toEqual([]);
});
