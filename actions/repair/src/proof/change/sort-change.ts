import { judgeFileKind, mask, pickLanguage } from "@patchpilot/patch-policy/text";
import type { ChangedFile, Unit, UnitKind } from "./change.ts";
import { composeFile } from "./compose-file.ts";
import { findTestsBeside } from "./find-tests-beside.ts";
import { isTypesAlone, stripTypes } from "./find-types.ts";
import { type Replaced, splitFile, splitLines } from "./split-file.ts";
import { isTestData, isTestSetting } from "./test-parts.ts";

/** A file before and after; undefined where it does not exist, null where it is no text. */
export type FilePair = {
  readonly path: string;
  readonly base: string | null | undefined;
  readonly patched: string | null | undefined;
};

/** Cuts the change of a file into units and says what each is for. Pure. */
export function sortFile({ path, base, patched }: FilePair): ChangedFile {
  const texts = { base: base ?? undefined, patched: patched ?? undefined };
  const isWhole = typeof base !== "string" || typeof patched !== "string";
  const kind = judgePath(path, texts.base, texts.patched);
  if (isWhole) return sortWhole(path, texts, kind);
  const replaced = splitFile(readSide(path, base), readSide(path, patched)).flatMap(cutAtBlocks);
  const raw = replaced.map((one): Unit => ({ ...cut(one), kind: kind ?? (one.isTest ? "test" : "code") }));
  const file = { path, ...texts, isWhole, units: raw };
  return kind === undefined ? { ...file, units: raw.map((unit, index) => refine(file, unit, index)) } : file;
}

/** New code that begins at the margin after a blank line stands for itself, also beside a change. */
function cutAtBlocks(one: Replaced): Replaced[] {
  const { at, removed, added, isTest } = one;
  const begin = added.findIndex(
    (line, index) =>
      index > 0 &&
      line.trim() === "" &&
      /^[^\s)\]}]/.test(added.slice(index).find((next) => next.trim() !== "") ?? ""),
  );
  if (isTest || begin < 0) return [one];
  const rest = { at: at + removed.length, removed: [], added: added.slice(begin), isTest };
  return [{ ...one, added: added.slice(0, begin) }, ...cutAtBlocks(rest)];
}

const cut = ({ at, removed, added }: Replaced) => ({ at, removed, added });

const readSide = (path: string, text: string) => {
  const lines = splitLines(text);
  return { lines, isTest: findTestsBeside(path, lines) };
};

/** Whether a file is of the tests as a whole, by its path. Pure. */
export const isTestPath = (path: string): boolean =>
  isTestData(path) || ["test", "snapshot"].includes(judgeFileKind(path));

/** What a file is for by its name; undefined: its lines say. */
function judgePath(
  path: string,
  base: string | undefined,
  patched: string | undefined,
): UnitKind | undefined {
  if (isTestPath(path) || isTestSetting(path, base, patched)) return "test";
  if (judgeFileKind(path) === "docs") return "docs";
  return isTypesAlone(path) ? "types" : undefined;
}

/** A file that comes or goes cannot be cut: what it is of is taken as the whole. */
function sortWhole(
  path: string,
  { base, patched }: { readonly base: string | undefined; readonly patched: string | undefined },
  kind: UnitKind | undefined,
): ChangedFile {
  const [removed, added] = [splitLines(base ?? ""), splitLines(patched ?? "")];
  const unit: Unit = { kind: kind ?? sortNewFile(path, added), at: 0, removed, added };
  return { path, base, patched, isWhole: true, units: [unit] };
}

/** Tests beside code that is new, too, cannot be put on the base without it. */
function sortNewFile(path: string, lines: readonly string[]): UnitKind {
  const isTest = findTestsBeside(path, lines);
  const tests = lines.filter((line, index) => isTest[index] && line.trim() !== "");
  return tests.length === 0 ? "code" : "mixed";
}

/** A unit of code that takes nothing from the program when it goes is a comment, or types. */
function refine(file: ChangedFile, unit: Unit, index: number): Unit {
  if (unit.kind !== "code") return unit;
  const without = composeFile(file, (other) => other !== index) ?? "";
  const whole = file.patched ?? "";
  if (readProgram(file.path, whole) === readProgram(file.path, without)) return { ...unit, kind: "comment" };
  const [typed, untyped] = [stripTypes(file.path, whole), stripTypes(file.path, without)];
  if (typed === undefined || untyped === undefined) return unit;
  return readTokens(file.path, typed) === readTokens(file.path, untyped) ? { ...unit, kind: "types" } : unit;
}

/** What is left of a program whose types were blanked: no space that is between tokens, and all that strings hold. */
function readTokens(path: string, text: string): string {
  const { bare, code } = mask(text, pickLanguage(path));
  const strings = Array.from(bare, (sign, at) => (code[at] === " " && sign !== " " ? sign : "")).join("");
  return `${code.replace(/\s+(?=\W|$)|(?<=^|\W)\s+/g, "")}\n${strings}`;
}

/** Comments that say how code is built or checked are code. */
const DIRECTIVE =
  /\/\/go:|\/\/\s*\+build|#\s*(?:type|cython|pragma|-\*-|frozen_string_literal)|@ts-|eslint-|noqa|nolint|@jsx|@vitest|@jest|istanbul|sourceMappingURL|<reference/;

/** A file as its program reads: without comments, blank lines and space at the ends of lines. */
function readProgram(path: string, text: string): string {
  const language = pickLanguage(path);
  const { bare } = mask(text, language);
  const lines = withoutDocstrings(language.name, bare).split("\n");
  const raw = text.split("\n");
  return lines
    .map((line, at) => (DIRECTIVE.test(raw[at] ?? "") ? (raw[at] ?? "") : line).trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/** Python's docstrings say something to people; the examples in them are tests, and sorted before. */
function withoutDocstrings(language: string, bare: string): string {
  if (language !== "python") return bare;
  return bare.replace(
    DOCSTRING,
    (text, head: string) => head + text.slice(head.length).replace(/[^\n]/g, " "),
  );
}

/** A string of three quotes alone at the beginning of a file or of a block. */
const DOCSTRING = /(^\s*|:[ \t]*\n\s*)[rRuU]?("""|''')[\s\S]*?\2(?=[ \t]*(?:\n|$))/g;
