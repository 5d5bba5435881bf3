import { expect, test } from "vitest";
import { medianSpans, readSpans } from "./spans.ts";

const NAMES = [
  "run begins",
  "gate begins",
  "gate ends",
  "work begins",
  "work: agent begins",
  "work: agent ends",
  "work: tests begin",
  "work: tests end",
  "work ends",
  "verify begins",
  "verify: base begins",
  "verify: tests begin",
  "verify: tests end",
  "verify: patch begins",
  "verify: tests begin",
  "verify: tests end",
  "verify: level begins",
  "verify: level ends",
  "verify ends",
  "publish begins",
  "pull request opened",
  "publish ends",
];

test("what agent, tests and proof take does not count", () => {
  // Every step takes 10 ms, but agent, tests and the question for the level take 1,000.
  let at = 0;
  const marks = NAMES.map((name) => {
    at += /agent ends|tests end|level ends/.test(name) ? 1_000 : 10;
    return { name, at };
  });
  expect(readSpans(marks).map(({ milliseconds }) => milliseconds)).toEqual([40, 90, 10, 30, 40, 20]);
});

test("a mark that is missing is an error, not a short time", () => {
  expect(() => readSpans([{ name: "run begins", at: 1 }])).toThrow('never came to "work: agent begins"');
});

test("of several measurements the middle one counts", () => {
  const spans = [3, 1, 20].map((milliseconds) => [{ what: "job gate", milliseconds }]);
  expect(medianSpans(spans)).toEqual([{ what: "job gate", milliseconds: 3 }]);
});
