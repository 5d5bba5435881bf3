import { expect, test } from "vitest";
import { readShard, takeSample, takeShard } from "./choose.ts";
import { sumUpNotes } from "./journal.ts";
import { type Change, nameMutants } from "./mutant.ts";
import { countScore, findWrongEquivalents, toShare } from "./score.ts";

const END = (name: string, ending: "killed" | "timeout" | "survived" | "uncovered") => ({ name, ending });
const ENDS = [
  END("a.ts | x | M: 1 => 2", "killed"),
  END("a.ts | y | M: 1 => 2", "timeout"),
  END("a.ts | z | M: 1 => 2", "survived"),
  END("b.ts | x | M: 1 => 2", "survived"),
  END("b.ts | y | M: 1 => 2", "uncovered"),
];
const listed = (name: string) => [{ name, reason: "The values are the same." }];

test("what hangs counts as noticed, and what no test runs does not count", () => {
  expect(toShare(countScore(ENDS, []))).toBe(2 / 4);
});

test("a survivor that is listed as equivalent does not count", () => {
  expect(toShare(countScore(ENDS, listed("b.ts | x | M: 1 => 2")))).toBe(2 / 3);
});

test("a mutant that was killed does count although it is listed as equivalent", () => {
  expect(toShare(countScore(ENDS, listed("a.ts | x | M: 1 => 2")))).toBe(2 / 4);
});

test("a part that no test runs has the score 0", () => {
  expect(toShare(countScore([END("a.ts | x | M: 1 => 2", "uncovered")], []))).toBe(0);
});

test("what is listed as equivalent and is noticed, not covered or gone is called wrong", () => {
  const all = ["a.ts | x", "a.ts | y", "a.ts | z", "b.ts | y", "b.ts | gone"];
  const wrong = findWrongEquivalents(
    ENDS,
    all.flatMap((place) => listed(`${place} | M: 1 => 2`)),
    new Set(["a.ts", "b.ts"]),
  );
  expect(
    wrong.map((fault) => fault.replace(/^"(.*)" is listed as equivalent and (.*): .*$/, "$1 $2")),
  ).toEqual([
    "a.ts | x | M: 1 => 2 was killed",
    "a.ts | y | M: 1 => 2 was timeout",
    "b.ts | y | M: 1 => 2 was uncovered",
    "b.ts | gone | M: 1 => 2 no longer exists",
  ]);
});

test("an equivalent of a file that was not tried wholly is not judged", () => {
  expect(findWrongEquivalents(ENDS, listed("b.ts | gone | M: 1 => 2"), new Set(["a.ts"]))).toEqual([]);
});

const CHANGE: Change = {
  file: "a.ts",
  line: 3,
  mutator: "M",
  id: "7",
  lineText: "  return 1 + 1;",
  before: "1",
  after: "2",
};

test("a mutant has the same name after its line moved", () => {
  const [one, other] = [CHANGE, { ...CHANGE, line: 90, id: "1" }].map((change) => nameMutants([change])[0]);
  expect(one?.name).toBe(other?.name);
});

test("mutants that are alike have other names", () => {
  const names = nameMutants([CHANGE, { ...CHANGE, id: "8" }]).map(({ name }) => name);
  expect(new Set(names).size).toBe(2);
});

const MANY = nameMutants(Array.from({ length: 200 }, (_, index) => ({ ...CHANGE, after: String(index) })));

test("shards hold every mutant once", () => {
  const all = [1, 2, 3].flatMap((k) => takeShard(MANY, { k, n: 3 }));
  expect(all.map(({ name }) => name).sort()).toEqual(MANY.map(({ name }) => name).sort());
});

test("a seed draws the same sample again, and another seed another", () => {
  const draw = (seed: number) => takeSample(MANY, 10, seed).map(({ name }) => name);
  expect([draw(1), draw(2)]).toEqual([draw(1), expect.not.arrayContaining(draw(1))]);
});

test.each(["0/2", "3/2", "1", "a/b"])("--shard %s is refused", (text) => {
  expect(() => readShard(text)).toThrow("--shard takes k/n");
});

test("the mutant that was tried when the worker died is the pending one", () => {
  const journal = sumUpNotes([
    { t: "try", file: "a", id: "1" },
    { t: "killed", file: "a", id: "1", by: "x" },
    { t: "try", file: "a", id: "2" },
  ]);
  expect(journal.pending).toEqual({ file: "a", id: "2" });
});

test("a journal that ended has nothing pending", () => {
  const journal = sumUpNotes([
    { t: "try", file: "a", id: "1" },
    { t: "survived", how: "fresh", file: "a", id: "1" },
    { t: "end" },
  ]);
  expect([journal.pending, journal.ended]).toEqual([undefined, true]);
});
