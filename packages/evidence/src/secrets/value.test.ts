import { describe, expect, it } from "vitest";
import type { Link } from "./operator.ts";
import { readValue } from "./value.ts";

/**
 * Reads the value behind ¦, which is the end of the operator behind the name `token`, and gives the text again with the
 * value between « and »; without them there is none.
 */
function mark(row: string, link: Partial<Link> = {}, ofHeader = false): string {
  const [before = "", behind = ""] = row.replace(/[«»]/g, "").split("¦");
  const text = before + behind;
  const line = () => before.slice(before.lastIndexOf("\n") + 1).split("token")[0] ?? "";
  const end = before.length;
  const span = readValue(text, { kind: "assigned", colon: false, ...link, end }, line, ofHeader);
  if (span === null) return `${before}¦${behind}`;
  const { start, end: close } = span;
  return `${before}¦${text.slice(end, start)}«${text.slice(start, close)}»${text.slice(close)}`;
}

const reads = (row: string): void => expect(mark(row)).toBe(row);
const readsWeak = (row: string): void => expect(mark(row, { kind: "weak" })).toBe(row);

describe("a literal is read", () => {
  it.each([
    ...['token=¦"«v7»";', "token=¦'«a b c»'", 'token=¦\\"«v7»\\"', 'token=¦"«tab-${id}»"'],
    ...["token=¦`«plain»`"],
    ...["token=¦`«tab-7${id}»`", "token=¦`«qLwRtZpXkVbNmHgFdJsQcYtW${id}»`"],
  ])("in quotes: %s", reads);

  it.each([
    ...['token=¦Some("«v7»")', "token=¦  Some(  '«v7»')", "token=¦new SecretStr('«v7»')", "token=¦@'«v7»'"],
    ...['token=¦new   SecureString("«v7»")', 'token=¦&String::from("«v7»")', "token=¦b'«v7»'"],
    ...['token=¦$"«v7»"'],
    ...["token=¦rb'«v7»'", 'token=¦<<"«v7»">>', 'token=¦Some(Ok("«v7»"))', 'token=¦Secret("«v7»")'],
    ...['token=¦ConvertTo-SecureString  "«v7»"', 'token=¦Some(\\"«v7»\\")', 'token=¦Some(@"«v7»")'],
    ...['token=¦SecretString("«v7»")', 'token=¦Some  ("«v7»")', 'token=¦Box::new(String::from(b"«v7»"))'],
  ])("in what a program puts around it: %s", reads);

  it.each([
    ...["token=¦q{«v7»};", "token=¦q{«v»};", "token=¦qq(«v7»)", "token=¦%w[«v7»]", "token=¦q<«v7»>"],
    ...["token=¦q|«v7»|", "token=¦qw!«v7»!", "token=¦%Q{«v7»}", "token=¦qx{«v7»}", "token=¦q{v7"],
  ])("of Perl or Ruby: %s", reads);

  it.each([
    ...["token=¦`tab-${id}`", "token=¦`tab-${id}` 9", 'token=¦"undefined"', 'token=¦""'],
    ...["token=¦q{null}"],
  ])("unless it holds no secret: %s", reads);
});

describe("a literal in a column or list is read if it looks like a secret", () => {
  it.each([
    ...['token | ¦"«abcdefg7»"', 'token | ¦"«abcdefg-7»"', 'token | ¦"«7abcdefg»"', 'token | ¦"«xv1.2abcd»"'],
    ...['token | ¦"«abcd/efg9»"', 'token | ¦"«abcd.https9»"', 'token | ¦"«v7.x-1234»"'],
    ...['token | ¦"«12-34xy5»"'],
  ])("%s", readsWeak);

  it.each([
    ...['token | ¦"abcdef7"', 'token | ¦"abcdefgh"', 'token | ¦"two words7"', 'token | ¦"a bcdefghi7"'],
    ...['token | ¦"abcdefg7 x"', 'token | ¦"2026-12-01"', 'token | ¦"12:34:56.7"'],
    ...['token | ¦"v12.34.56-xyz!"'],
    ...['token | ¦"12.34xabcd9"', 'token | ¦"https://a9.example"', 'token | ¦"http://a9.example"'],
    ...['token | ¦"/a/b9/cdefg"', 'token | ¦"./abc9defg"', 'token | ¦"123456789"'],
  ])("but not %s", readsWeak);
});

describe("an element", () => {
  it.each([
    ...["<token>¦«v7»</token>", "<token>¦«v»</token>", "<token>¦«two 2»</token>", "<token>¦«v7»  </token>"],
    ...["<token>¦« v7»</token>", "‹token›¦«v7»‹/token›", "<token>¦«hello»</token>"],
  ])("has a value: %s", (row) => {
    expect(mark(row, { kind: "element" })).toBe(row);
  });

  it.each(["<token>¦v7", "<token>¦two words</token>", "<token>¦</token>", "<token>¦undefined</token>"])(
    "has none: %s",
    (row) => {
      expect(mark(row, { kind: "element" })).toBe(row);
    },
  );
});

describe("a block of YAML", () => {
  it.each([
    ...["token: ¦|\n  «v7\n  more»\nb: 1", "token: ¦>-\n  «v7»", "token: ¦|+2\n  «v7»\n"],
    ...["token: ¦|2-\n  «v7»\n", "token: ¦|  # two words\r\n  «v7»\n"],
    ...["  token: ¦|\n    «v7»\n  b: 1", "  db_token: ¦|\n    «v7»\n  b: 1"],
    ...["\ttoken: ¦|\n\t\t«v7»\n\tb: 1", "- token: ¦|\n    «v7»\n  b: 1"],
    ...["  token: ¦|\n    «v7\n\n  \n    more»\n  b: 1", "token: ¦|\nb: 1"],
    ...["token: ¦|\n  undefined\nb: 1", `token: ¦|\n${" ".repeat(150)}«v7»\nb: 1`],
  ])("is read to its end: %j", (row) => {
    expect(mark(row, { colon: true })).toBe(row);
  });

  it("is none without a colon", () => {
    expect(mark("token = ¦|\n  v7\n")).toBe("token = ¦|\n  v7\n");
  });
});

describe("what is in brackets", () => {
  it.each([
    ...['token: ¦«["v7", "b"]»', 'token: ¦«["v7"]» ]', "token: ¦«[  'v7']»", 'token: ¦«[\\"v7\\"]»'],
    ...['token: ¦["ab", "cd"]', 'token: ¦["a b7"]', 'token: ¦["abc d7"]', 'token: ¦{"a": "v7"}'],
    ...['token: ¦{["v7"]}', "token: ¦[v7]", 'token: ¦«["b", "v7"]»'],
  ])("is read if it is a list of values: %s", reads);

  it.each([
    ...['cookies: ¦«{"theme": "v7"}» }', "cookies: ¦«[v7]» ]", 'cookies: ¦«{"a": ["v7"]}» ]'],
    ...["cookies: ¦«[{v7}]»"],
    ...['cookies: ¦«{"a": v7»', "cookies: ¦«[.v7]»", "cookies: ¦«[/v7]»", "cookies: ¦«[..v7]»"],
    ...["cookies: ¦«[a/*]»"],
    ...["cookies: ¦[...]", "cookies: ¦{ /* x */ }", "cookies: ¦{ // x\n}", "cookies: ¦{}", "cookies: ¦[ ]"],
    ...["cookies: ¦[", "cookies: ¦[  ", "cookies: ¦[redacted cookie]"],
  ])("is the value of a header: %j", (row) => {
    expect(mark(row, {}, true)).toBe(row);
  });
});

describe("a bare word is read", () => {
  it.each([
    ...["x token=¦«v7»&x=1", "x token=¦«v7»;b", "token%3D¦«v7»%26page", "token%3D¦«v7»%2Cb", "token=¦«v7» b"],
    ...["x token=¦«v7»%20b", "token = ¦«Zeus» next one", "x token=¦«ab»&c9", "9 token=¦«ab»&c9"],
    ...["a, token=¦«ab»&c9"],
    ...["12 10:00:00 token=¦«ab»&c9", "2026-12-01T token=¦«ab»&c9", "é token=¦«ab»&c9"],
  ])("up to its end: %s", reads);

  it.each([
    ...["db_token=¦«ab(c)d&e;f9»", "token=¦«ab(c)d9»;;", "token=¦«ab&c9»,", "export token=¦«ab&c9»"],
    ...["set token=¦«ab&c9»", "- token:¦«ab&c9»", "$env:token=¦«ab&c9»", "\t token=¦«ab&c9»"],
    ...["token=¦«b&read(x)»"],
    ...["2026-12-01T10:00:00.5Z token=¦«ab&c9»", "2026-12-01 10:00:00 token=¦«ab&c9»", "token=¦«read(x)9»"],
    ...["A=1\nspring.db-token=¦«ab&c9»\nb", "token=¦(9)", "token=¦«a-b(9)»"],
  ])("to the end of its line, where it is alone on it: %j", reads);

  it.each([
    ...["token=¦undefined", "token=¦read(x9)", "token=¦a[0]", "token=¦read(x, y)"],
    ...["token= ¦ab(c)d9", "token=¦"],
    ...["let token = ¦parser", "token === ¦parser", "if (value.token === ¦parser)", "token = ¦read(x)"],
    ...["token = ¦parser.next;", "token=¦|", "token=¦‹x›"],
  ])("unless it is code or no secret: %s", reads);

  it("unless a sentence begins behind a colon", () => {
    for (const row of ["token: ¦Zeus next one", "token:¦Zeus next one", "token: ¦«v7» next"])
      expect(mark(row, { colon: true })).toBe(row);
  });

  it.each([
    ...["authorization: ¦«Custom v7; x=1»\nnext", 'cookie: ¦«a=1; b=2»"', "cookie: ¦undefined"],
    ...["cookie: ¦a.b();"],
    ...["token=¦«ab&c9 d»"],
  ])("with the rest of the line, if it is a header's: %j", (row) => {
    expect(mark(row, {}, true)).toBe(row);
  });
});

describe("a word in a column is read", () => {
  it.each(["token   ¦«Hunter2-Zq7!x»", "token   ¦«abcd1234»", "token   ¦hello", "token   ¦abc/12345"])(
    "if it looks like a secret: %s",
    (row) => {
      expect(mark(row, { kind: "weak" })).toBe(row);
      expect(mark(row, { kind: "weak" }, true)).toBe(row);
    },
  );

  it.each(["token ¦«zx9Qm3Lk7Vb2Tr8W»", "token ¦«zx9Qm3Lk7Vb2Tr8W/a»", "token ¦abcd1234", "token ¦abc9"])(
    "if it was drawn by chance, where a blank alone is between: %s",
    (row) => {
      expect(mark(row, { kind: "weak", near: true })).toBe(row);
    },
  );
});
