import { mask, pickLanguage } from "@patchpilot/patch-policy/text";

/**
 * Which lines of a source file are tests that stand beside the code: Rust's `#[cfg(test)]`, `#[test]` and doctests,
 * vitest's `import.meta.vitest`, Python's `test_…` functions, doctests and what runs under `__main__`, Elixir's
 * doctests. Pure.
 */
export function findTestsBeside(path: string, lines: readonly string[]): boolean[] {
  const flags = lines.map(() => false);
  const extension = path.slice(path.lastIndexOf(".") + 1);
  const markers = MARKERS[extension];
  if (markers === undefined) return flags;
  const code = mask(lines.join(""), pickLanguage(path)).code.split("\n");
  for (const [from, to] of markers(code, lines)) flags.fill(true, from, to);
  return flags;
}

/** Lines of tests, from the first to the one after the last. */
type Region = readonly [from: number, to: number];
type FindRegions = (code: readonly string[], lines: readonly string[]) => Region[];

const everyLine = (lines: readonly string[], begins: RegExp, end: (at: number) => number): Region[] => {
  const found: Region[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (!begins.test(lines[at] ?? "")) continue;
    const to = Math.max(at + 1, end(at));
    found.push([at, to]);
    at = to - 1;
  }
  return found;
};

/** The line after the braces that open at or after a line, or after the statement if none do. */
function afterBraces(code: readonly string[], at: number): number {
  let depth = 0;
  let opened = false;
  for (let line = at; line < code.length; line += 1) {
    for (const sign of code[line] ?? "") {
      if (sign === "{") [depth, opened] = [depth + 1, true];
      if (sign === "}") depth -= 1;
    }
    if (opened ? depth <= 0 : /;\s*$/.test(code[line] ?? "")) return line + 1;
  }
  return code.length;
}

/** The line after a block that is indented deeper than its head. */
function afterIndented(code: readonly string[], at: number): number {
  const depth = indentOf(code[at] ?? "");
  let to = at + 1;
  for (let line = at + 1; line < code.length; line += 1) {
    const text = code[line] ?? "";
    if (text.trim() === "") continue;
    if (indentOf(text) <= depth) break;
    to = line + 1;
  }
  return to;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Lines of examples that are run: between fences of a Rust comment, or after a prompt and up to a blank line. */
const examples =
  (begins: RegExp, goesOn: RegExp, closes: boolean): FindRegions =>
  (_code, lines) =>
    everyLine(lines, begins, (at) => {
      let to = at + 1;
      while (to < lines.length && goesOn.test(lines[to] ?? "") && !(closes && begins.test(lines[to] ?? "")))
        to += 1;
      return closes && begins.test(lines[to] ?? "") ? to + 1 : to;
    });

const rust: FindRegions = (code, lines) => [
  ...everyLine(code, /^\s*#\[(?:cfg\(.*\btest\b.*\)|(?:\w+::)*test\b.*)\]/, (at) => afterBraces(code, at)),
  // A fence that says `ignore`, `text` or another language is no test.
  ...examples(
    /^\s*\/\/[/!]\s*```(?:rust|should_panic|no_run|edition\d+)?\s*$/,
    /^\s*\/\/[/!]/,
    true,
  )(code, lines),
];

const inSource: FindRegions = (code) =>
  everyLine(code, /^\s*if\s*\(\s*import\.meta\.vitest\b/, (at) => afterBraces(code, at));

const python: FindRegions = (code, lines) => [
  ...everyLine(code, /^\s*(?:async\s+)?def\s+test_\w*\s*\(|^class\s+Test\w*\b|^if\s+__name__\s*==/, (at) =>
    afterIndented(code, at),
  ),
  ...examples(/^\s*>>> /, /^\s*\S/, false)(code, lines),
];

const elixir: FindRegions = examples(/^\s*iex(?:\(\d+\))?> /, /^\s*\S/, false);

const MARKERS: Readonly<Record<string, FindRegions>> = {
  rs: rust,
  py: python,
  ex: elixir,
  ...Object.fromEntries(["js", "jsx", "mjs", "ts", "tsx", "mts"].map((name) => [name, inSource])),
};
