import { expect, test } from "vitest";
import { tokenFormatFiles } from "./token-formats.ts";

const EDGE = String.raw`(?:[\x60'"\s;]|\\[nr]|$)`;
const assigned = (names: string, value: string): string =>
  String.raw`(?i)[\w.-]{0,50}?(?:${names})(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)[\x60'"\s=]{0,5}(${value})${EDGE}`;

/** The rows of both files: shipped, and taken whole by one of our patterns. */
function makeRows(id: string, regex: string): string[][] {
  const toml = `title = "x"\n[[rules]]\nid = "${id}"\nregex = '''${regex}'''\nkeywords = ["x"]\n`;
  return tokenFormatFiles("/repo", toml).map(({ text }) =>
    text.split("\n").filter((line) => line.startsWith("  ")),
  );
}

test("a token with a prefix is its format, without edges, in both cases where either is taken", () => {
  expect(makeRows("globex-token", String.raw`\b(glx-(?i)[a-z0-9]{32})${EDGE}`)).toEqual([
    ['  "globex-token||glx-[A-Za-z0-9]{32}",'],
    [],
  ]);
});

test("a format that says nothing by itself keeps the names of its service", () => {
  const [shipped] = makeRows("acme-key", assigned("acme[_-]?cloud|initech|api", "[a-z0-9]{20}"));
  expect(shipped).toEqual(['  "acme-key|acmecloud,initech|[A-Za-z0-9]{20}",']);
});

test("a run without an end gets one", () => {
  expect(makeRows("globex-token", "glx_[A-Z]{250,}")[0]).toEqual(['  "globex-token||glx_[A-Z]{250,550}",']);
});

test("what one of our patterns takes whole is not shipped", () => {
  expect(makeRows("npm-access-token", String.raw`(?i)\b(npm_[a-z0-9]{36})${EDGE}`)).toEqual([
    [],
    ['  "npm-access-token||npm_[A-Za-z0-9]{36}",'],
  ]);
});

test("a rule that is no format is left out", () => {
  expect(makeRows("jwt", "ey[a-z]{17}")).toEqual([[], []]);
});

test("a rule of which no pattern can be made is named", () => {
  expect(() => makeRows("globex-token", "glx_[z-a]")).toThrow(
    "The rule globex-token of gitleaks became no pattern",
  );
});
