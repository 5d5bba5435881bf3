import * as z from "zod";
import { readGoFailure } from "../failures/go.ts";
import { makeFailure } from "../failures/stack.ts";
import type { TestCase, TestFailure } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

const event = z.looseObject({
  Action: z.string(),
  Package: z.string().optional(),
  ImportPath: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
  FailedBuild: z.string().optional(),
});
type Event = z.output<typeof event>;

const OUTCOMES: Readonly<Record<string, TestCase["outcome"]>> = {
  pass: "passed",
  fail: "failed",
  skip: "skipped",
};

/** What stands between a test and another of the same package; Go's names hold no blank. */
const nameTest = (name: string, test: string | undefined): string =>
  test === undefined ? name : `${name} ${test}`;

/**
 * Reads the events of `go test -json`. A package that does not build, or ends red with no test to blame, is a case of
 * its own.
 * @throws Unreadable where there is no event
 */
export function readGo(stdout: string, root: string): TestCase[] {
  const events = stdout.split("\n").flatMap((line) => readEvent(line) ?? []);
  if (events.length === 0) throw new Unreadable("`go test -json` wrote no events.");
  const outputs = gatherOutputs(events);
  const ended = events.filter(({ Action }) => OUTCOMES[Action] !== undefined);
  const red = new Set(
    ended.flatMap(({ Action, Package, Test }) => (Action === "fail" && Test ? [Package] : [])),
  );
  return ended.flatMap((each): TestCase[] => {
    const { Action, Package = "", Test } = each;
    const outcome = OUTCOMES[Action] ?? "skipped";
    if (Test === undefined && (outcome !== "failed" || red.has(Package))) return [];
    const id = nameTest(Package, Test);
    const place = { id, name: Test ?? Package, outcome };
    return [outcome === "failed" ? { ...place, failure: describe(each, outputs, root) } : place];
  });
}

function readEvent(line: string): Event | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return event.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** What each test, package and build printed; of a test with subtests, what these printed counts as its own. */
function gatherOutputs(events: readonly Event[]): ReadonlyMap<string, string[]> {
  const outputs = new Map<string, string[]>();
  const add = (name: string, text: string) => {
    const known = outputs.get(name);
    if (known === undefined) outputs.set(name, [text]);
    else known.push(text);
  };
  for (const { Action, Package, ImportPath, Test, Output } of events) {
    if (Output === undefined) continue;
    if (Action === "build-output") add(`build ${ImportPath}`, Output);
    else if (Package !== undefined) {
      const parts = Test?.split("/") ?? [];
      for (let depth = 1; depth <= parts.length; depth += 1)
        add(nameTest(Package, parts.slice(0, depth).join("/")), Output);
      if (Test === undefined) add(Package, Output);
    }
  }
  return outputs;
}

function describe(
  { Package = "", Test, FailedBuild }: Event,
  outputs: ReadonlyMap<string, string[]>,
  root: string,
): TestFailure {
  const name = FailedBuild === undefined ? nameTest(Package, Test) : `build ${FailedBuild}`;
  const text = (outputs.get(name) ?? []).join("").replace(/^(=== |\s*--- (FAIL|PASS|SKIP)).*\n/gm, "");
  const failure = readGoFailure(text, root);
  return Test === undefined && failure.kind !== "timeout" ? { ...failure, kind: "setup" } : failure;
}

/**
 * Reads what `go test` prints without `-json`: it names tests that failed alone.
 * @throws Unreadable where no line is one of its own
 */
export function readGoText(output: string, root: string): TestCase[] {
  if (!/^(ok|FAIL|\?|---)\s/m.test(output)) throw new Unreadable("`go test` printed no result.");
  const blocks = output.split(/^(?=\s*--- FAIL: )/m);
  const packages = [...output.matchAll(/^FAIL\t(\S+)(.*)$/gm)];
  let begun = 0;
  const cases: TestCase[] = [];
  for (const block of blocks) {
    const [, test] = /^\s*--- FAIL: (\S+)/.exec(block) ?? [];
    const name = packages.find(({ index }) => index > begun)?.[1] ?? "";
    begun += block.length;
    if (test === undefined) continue;
    const text = block.replace(/^.*\n/, "").replace(/^(ok|FAIL)\t[\s\S]*/m, "");
    cases.push({
      id: nameTest(name, test),
      name: test,
      outcome: "failed",
      failure: readGoFailure(text, root),
    });
  }
  for (const [, name = "", rest = ""] of packages)
    if (/\[(build|setup) failed\]/.test(rest))
      cases.push({
        id: name,
        name,
        outcome: "failed",
        failure: readUnbuilt(output, name),
      });
  return cases;
}

/** What the compiler said: the lines below `# package`. */
function readUnbuilt(output: string, name: string): TestFailure {
  const begin = output.indexOf(`# ${name}`);
  const text = begin < 0 ? "" : (output.slice(begin).split(/^(?:FAIL|ok|---)\s/m)[0] ?? "");
  return makeFailure({ types: [], message: text, frames: [] }, text, "setup");
}
