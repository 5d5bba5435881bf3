import { expect, it } from "vitest";
import { insideQuotes, quoteAt } from "./quotes.ts";

it.each([
  ...[
    '"',
    "'",
    "`",
    '"""',
    "'''",
    '\\"',
    "\\\\\\'",
    "&quot;",
    "&APOS;",
    "&#34;",
    "&#034;",
    "&#39;",
    "&#039;",
  ],
  ...["&#x22;", "&#x27;", "%22", "%27", "\\u0022", "\\u0027", "\\x22", "\\X27"],
])("%s is a quotation mark", (quote) => {
  expect(quoteAt(`x${quote}v`, 1)).toBe(quote);
});

it.each(["", "v", "v'", "&amp;", "%26", "\\n", "\\x23", "\\u0023", "&#0034;", "´"])("%j is none", (text) => {
  expect(quoteAt(text, 0)).toBe("");
});

it("two of three quotation marks are two", () => {
  expect(quoteAt("''", 0)).toBe("'");
  expect(quoteAt('""v', 0)).toBe('"');
});

/** What is inside the quotation mark that a text begins with. */
function inside(text: string, quote: string): string {
  const { start, end } = insideQuotes(`x${text}`, 1, quote);
  return `x${text}`.slice(start, end);
}

it.each([
  ...['"«v»"', '"«»"', '"«»" "', '"«a\\"b»"', '"«a\\\\»"b"', '"«a\\\\\\"b»"', '"«\\"b»"', '\\"«a\\»\\"b\\"'],
  ...['\\"«a»\\" b\\"', "&quot;«a\\»&quot; &quot;", '"""«a"b»"""'],
])("%s has a value between its quotation marks", (row) => {
  const [quote = "", rest = ""] = row.split("«");
  const value = rest.slice(0, rest.indexOf("»"));
  expect(inside(quote + rest.replace("»", ""), quote)).toBe(value);
});

it("without a second one, a value goes to the end of its line or text", () => {
  expect(inside('"ab\ncd', '"')).toBe("ab");
  expect(inside('"a\\"\ncd', '"')).toBe('a\\"');
  expect(inside('"abcd', '"')).toBe("abcd");
  expect(inside(`"${"a".repeat(5000)}"`, '"')).toHaveLength(4096);
});

it("an even number of backslashes escapes nothing, however many", () => {
  expect(inside(`"${"\\".repeat(30)}"b"`, '"')).toBe("\\".repeat(30));
  expect(inside(`"${"\\".repeat(31)}"b"`, '"')).toBe(`${"\\".repeat(31)}"b`);
});
