import { mask, pickLanguage } from "@patchpilot/patch-policy/text";
import { findFunction } from "../judge/find-function.ts";
import type { CutFile, Unit } from "./change.ts";
import { patchedLine } from "./compose-file.ts";
import { splitLines } from "./split-file.ts";

const SAYS = "PatchPilot put this line into the change to see whether a test runs it.";

/** What ends a function at once, as a statement that compilers take anywhere in one, by the ending of a file. */
const THROWS: readonly (readonly [RegExp, string])[] = [
  [/\.py$/, `raise RuntimeError("${SAYS}")`],
  [/\.[cm]?[jt]sx?$/, `throw new Error("${SAYS}");`],
  [/\.go$/, `panic("${SAYS}")`],
  [/\.rs$/, `panic!("${SAYS}");`],
  [/\.(?:java|scala|groovy)$/, `if (true) throw new IllegalStateException("${SAYS}");`],
  [/\.kts?$/, `throw IllegalStateException("${SAYS}")`],
  [/\.cs$/, `if (true) throw new System.InvalidOperationException("${SAYS}");`],
  [/\.php$/, `throw new \\LogicException("${SAYS}");`],
  [/\.(?:rb|exs?)$/, `raise "${SAYS}"`],
  [/\.dart$/, `throw StateError("${SAYS}");`],
];

/** Lines that begin no statement, and those that begin a function. */
const NO_STATEMENT =
  /^\s*(?:[)}\]?:.,&|+=]|(?:else|elif|elsif|except|catch|finally|rescue|ensure|case|default|when|end|in)\b)/;
const HEAD = /\b(?:def|fn|func|fun|function)\b|=>|\)\s*(?:[\w<>:?|\\ ]*|throws [\w., ]*)\{\s*$|^\s*@/;

/** Whether a line that throws is known for a file's language. */
export const canThrow = (path: string): boolean => THROWS.some(([ending]) => ending.test(path));

/** Most lines of a unit that are looked at. */
const MOST_LINES = 400;

/**
 * The patched files with a line that throws in each function that a part of the change touches: what stays green with
 * them does not run the change. Where no such line is known to compile, there is none. Pure.
 * @returns the text of each file that is not as the patch has it
 */
export function spoilChange(files: readonly CutFile[]): ReadonlyMap<string, string> {
  const spoiled = new Map<string, string>();
  for (const file of files) {
    const statement = THROWS.find(([ending]) => ending.test(file.path))?.[1];
    const text = statement === undefined ? undefined : spoilFile(file, statement);
    if (text !== undefined) spoiled.set(file.path, text);
  }
  return spoiled;
}

function spoilFile({ path, patched = "", units }: CutFile, statement: string): string | undefined {
  const lines = splitLines(patched);
  const code = mask(patched, pickLanguage(path)).code.split("\n");
  const places = new Set(
    units.flatMap((unit, index) =>
      unit.kind === "code" || unit.kind === "mixed"
        ? findPlaces(patched, code, unit, patchedLine(units, index))
        : [],
    ),
  );
  if (places.size === 0) return undefined;
  return lines
    .flatMap((line, at) => (places.has(at + 1) ? [`${/^\s*/.exec(line)?.[0]}${statement}\n`, line] : [line]))
    .join("");
}

/** Lines of a unit, from 1, that a statement can come before: the first one in each function. */
function findPlaces(text: string, code: readonly string[], { added }: Unit, first: number): number[] {
  const places = new Map<string, number>();
  // What only goes is missed where it was.
  for (let line = first; line < first + Math.min(Math.max(added.length, 1), MOST_LINES); line += 1) {
    const own = code[line - 1] ?? "";
    if (!/\w/.test(own) || NO_STATEMENT.test(own) || HEAD.test(own)) continue;
    const name = findFunction(text, line);
    if (name !== undefined && !places.has(name)) places.set(name, line);
  }
  return [...places.values()];
}
