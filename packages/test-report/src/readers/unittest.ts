import { readFailure } from "../failures/read-failure.ts";
import type { TestCase, TestFailure } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

/** How a run ends; without it the runner did not come to say what failed. */
const TOTAL = /^Ran \d+ tests? in [\d.]+s/m;

/** Begins what is said of a failure, below all that was listed. */
const FAILED = /^={70}\n(?=(?:FAIL|ERROR|UNEXPECTED SUCCESS): )/m;

/** A test in the list. Until Python 3.10 the next one follows on the same line where a part of a test failed. */
const LISTED = /(?:^ *|\.\.\. )(\S+) \(([^\s()]+)\)/gm;

/** How it ended, behind whatever the test printed meanwhile. */
const ENDED = /(ok|expected failure|unexpected success|skipped (?:'.*'|".*"))$/gm;

/**
 * Reads what unittest and Django's `manage.py test` print. Tests that passed are named only if the run is verbose.
 * @throws Unreadable where the run did not come to its last lines
 */
export function readUnittest(output: string, root: string): { cases: TestCase[]; onlyFailures?: true } {
  if (!TOTAL.test(output)) throw new Unreadable("unittest did not say how many tests it ran.");
  const [list = "", ...blocks] = output.split(FAILED);
  const listed = [list, ...blocks.map(afterTotal)].flatMap(readList);
  const cases = [...listed, ...blocks.flatMap((block) => readBlock(block, root))];
  const isVerbose = listed.length > 0 || /^Ran 0 tests/m.test(output);
  return isVerbose ? { cases } : { cases, onlyFailures: true };
}

/** A command may test more than once. */
const afterTotal = (block: string): string => block.slice(block.search(TOTAL)).replace(/^.*/, "");

function readList(text: string): TestCase[] {
  const heads = [...text.matchAll(LISTED)];
  return heads.flatMap((head, at): TestCase[] => {
    const said = text.slice(head.index + head[0].length, heads[at + 1]?.index);
    const word = [...said.matchAll(ENDED)].at(-1)?.[1];
    if (word === undefined) return [];
    const named = nameTest(head[1] ?? "", head[2] ?? "");
    if (word === "unexpected success") return [{ ...named, outcome: "failed", failure: UNEXPECTED }];
    return [{ ...named, outcome: word === "ok" ? "passed" : "skipped" }];
  });
}

/** It is marked as failing and does not: which expectation that is of, nobody says. */
const UNEXPECTED: TestFailure = {
  kind: "unknown",
  types: [],
  message: "unexpected success",
  frames: [],
  text: "",
};

/** Parts of a test have its name, and values of their own behind it. */
const TITLE = /^(FAIL|ERROR): (\S+) \(([^\s()]+)\)/;

function readBlock(block: string, root: string): TestCase[] {
  const [, , name, place] = TITLE.exec(block) ?? [];
  if (name === undefined || place === undefined) return [];
  const [, ...below] = block.split(/^-{70}\n(?!Ran )/m);
  const text = below
    .join("")
    .replace(/^-{70}\nRan [\s\S]*/m, "")
    .replace(/^(?:Stdout|Stderr):\n[\s\S]*/m, "");
  const failure = readFailure(text.trimEnd(), root);
  const isSetup = place.startsWith("unittest.loader.") || /^(?:setUp|tearDown)(?:Class|Module)$/.test(name);
  const red = isSetup ? { ...failure, kind: "setup" as const } : failure;
  return [{ ...nameTest(name, place), outcome: "failed", failure: red }];
}

/** As the command line takes it: module, class and method. Python writes the method behind the class since 3.11. */
function nameTest(name: string, place: string): Pick<TestCase, "id" | "name"> {
  if (place.startsWith("unittest.loader.")) return { id: name, name };
  return { id: place.endsWith(`.${name}`) ? place : `${place}.${name}`, name };
}
