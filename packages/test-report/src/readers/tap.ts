import { cutText } from "../bounds.ts";
import { readFrame, readJavaScript } from "../failures/javascript.ts";
import { judgeKind, makeFailure } from "../failures/stack.ts";
import { placeFile } from "../place-file.ts";
import type { TestCase, TestFailure } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

const POINT = /^( *)(not )?ok\b(?: +\d+)?(?: +- +| +)?(.*?)(?:(?<!\\) +# *(SKIP|TODO)\b.*)?$/i;

/** A point of the protocol; its diagnosis follows it, and the points below it stand before it. */
type Point = {
  readonly depth: number;
  readonly red: boolean;
  readonly name: string;
  readonly left: boolean;
  diagnosis: string[];
};

/**
 * Reads TAP 13 and 14 with subtests, as node:test and tap write it.
 * @throws Unreadable where it has no point, or ended before its plan
 */
export function readTap(stdout: string, root: string): TestCase[] {
  const lines = stdout.split("\n");
  const begin = lines.findIndex((line) => /^TAP version \d+/.test(line));
  if (begin < 0) throw new Unreadable("There is no TAP in what the tests printed.");
  if (lines.some((line) => /^Bail out!/.test(line))) throw new Unreadable("The tests bailed out.");
  if (!lines.some((line) => /^1\.\.\d+/.test(line)))
    throw new Unreadable("The tests ended before their plan.");
  return nameCases(readPoints(lines.slice(begin)), root);
}

function readPoints(lines: readonly string[]): Point[] {
  const points: Point[] = [];
  let diagnosis: string[] | undefined;
  let indent = 0;
  for (const line of lines) {
    if (diagnosis !== undefined) {
      if (line.slice(indent) === "...") diagnosis = undefined;
      else diagnosis.push(line.slice(indent));
      continue;
    }
    const [, blanks = "", not, name = "", directive] = POINT.exec(line.slice(0, 4_000)) ?? [];
    const isPoint = /^ *(not )?ok\b/.test(line);
    const last = points.at(-1);
    if (isPoint) {
      const left = directive !== undefined;
      points.push({
        depth: blanks.length,
        red: not !== undefined,
        name: readName(name),
        left,
        diagnosis: [],
      });
    } else if (line.trim() === "---" && last !== undefined && line.indexOf("-") === last.depth + 2) {
      diagnosis = last.diagnosis;
      indent = last.depth + 2;
    }
  }
  return points;
}

const readName = (name: string): string =>
  name
    .replace(/\\([#\\])/g, "$1")
    .replace(/ \{$/, "")
    .trim();

/** A point that holds others is a suite: it counts for itself only where something of its own failed. */
function nameCases(points: readonly Point[], root: string): TestCase[] {
  const path: { depth: number; name: string }[] = [];
  const cases: TestCase[] = [];
  let below = 0;
  for (const point of [...points].reverse()) {
    while ((path.at(-1)?.depth ?? -1) >= point.depth) path.pop();
    const parents = path.map(({ name }) => name);
    path.push({ depth: point.depth, name: point.name });
    below = point.depth;
    const index = points.indexOf(point);
    const isSuite = (points[index - 1]?.depth ?? below) > point.depth;
    const diagnosis = readDiagnosis(point.diagnosis);
    if (isSuite && (!point.red || /subtestsFailed/.test(diagnosis.get("failureType") ?? "subtestsFailed")))
      continue;
    cases.push(makeCase(point, parents, diagnosis, root));
  }
  return cases.reverse();
}

function makeCase(
  point: Point,
  parents: readonly string[],
  diagnosis: ReadonlyMap<string, string>,
  root: string,
): TestCase {
  const id = [...parents, point.name].map((name) => placeFile(name, root)).join(" > ");
  const [, place] = /^'?(.+?):\d+:\d+'?$/.exec(diagnosis.get("location") ?? "") ?? [];
  const file = place === undefined ? undefined : placeFile(place, root);
  const outcome = point.left ? "skipped" : point.red ? "failed" : "passed";
  const failure = outcome === "failed" ? { failure: readRed(point, diagnosis, root) } : {};
  return { id, name: point.name, file, outcome, ...failure };
}

/** Kinds of node:test that say more than the exception does. */
const KINDS: Readonly<Record<string, TestFailure["kind"]>> = {
  testTimeoutFailure: "timeout",
  hookFailed: "setup",
  cancelledByParent: "setup",
};

function readRed(
  { diagnosis: lines }: Point,
  diagnosis: ReadonlyMap<string, string>,
  root: string,
): TestFailure {
  const text = lines.join("\n");
  const message = diagnosis.get("error") ?? diagnosis.get("message") ?? "";
  const stack = diagnosis.get("stack") ?? diagnosis.get("at") ?? "";
  const frames = stack.split("\n").flatMap((line) => readFrame(line.trim(), root) ?? []);
  const named = diagnosis.get("name") ?? diagnosis.get("type");
  const printed = readJavaScript(stack, root);
  const isAssertion = diagnosis.get("code") === "ERR_ASSERTION" || diagnosis.has("operator");
  const type = /^[A-Z]\w*$/.test(named ?? "") ? named : isAssertion ? "AssertionError" : undefined;
  const types = type === undefined ? printed.types : [type];
  const told = { types, message, frames };
  // A file that node could not load ends with an exit code, and with no exception of a test's.
  const unloaded = diagnosis.has("exitCode") && types.length === 0 ? ("setup" as const) : undefined;
  const kind = KINDS[diagnosis.get("failureType") ?? ""] ?? unloaded ?? judgeKind(told);
  return makeFailure(told, cutText(text), kind);
}

/** The keys at the top of the YAML that node:test and tap write: one line each, or a block. */
function readDiagnosis(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let block: string[] | undefined;
  let key = "";
  const close = () => {
    if (block !== undefined) values.set(key, block.join("\n").trim());
    block = undefined;
  };
  for (const line of lines) {
    const [, name, value = ""] = /^([\w-]+):(?: (.*))?$/.exec(line) ?? [];
    if (name === undefined) {
      block?.push(line.replace(/^ {2}/, ""));
      continue;
    }
    close();
    key = name;
    if (/^[|>][+-]?$/.test(value)) block = [];
    else values.set(name, value.replace(/^(['"])(.*)\1$/, "$2"));
  }
  close();
  return values;
}
