import { describe, expect, it, test } from "vitest";
import { decodeEscapes, undecoded } from "./decode-text.ts";

const decoded = (text: string): string | undefined => decodeEscapes(undecoded(text))?.text;

describe("one layer is decoded", () => {
  test.each(
    Object.entries({
      "\\u0041": "A",
      "\\\\u0041": "A",
      "\\u{41}": "A",
      "\\u{1F600}": "😀",
      "\\x41": "A",
      "\\\\\\x4a": "J",
      "\\101": "A",
      "\\377": "ÿ",
      "\\n": "\n",
      "\\r": "\r",
      "\\t": "\t",
      "\\b": "\b",
      "\\f": "\f",
      "\\/": "/",
      '\\"': '"',
      "\\\\": "\\",
      '\\\\"': '\\"',
      '\\\\\\"': '\\"',
      '\\\\\\\\"': '\\\\"',
      "\\\\n": "\\n",
      "%41": "A",
      "%2f%2F": "//",
      "%u20AC": "€",
      "=3D": "=",
      "&#65;": "A",
      "&#65 ": "A ",
      "&#x41;": "A",
      "&#x1F600;": "😀",
      "&#1114111;": "\u{10FFFF}",
      "&#1114112;": "",
      "%2541": "%41",
    }),
  )("%s as %j", (text, shown) => {
    expect(decoded(`<${text}>`)).toBe(`<${shown}>`);
  });

  test.each([
    ["a&amp;b&lt;c&gt;d", "a&b<c>d"],
    ["&quot;&apos;&sol;&bsol;", "\"'/\\"],
    ["&equals;&plus;&colon;&commat;", "=+:@"],
    ["&num;&percnt;&lowbar;&hyphen;&period;", "#%_-."],
    ["a&Tab;b&NewLine;c&nbsp;d", "a\tb\nc d"],
    ["&AMP;&amp", "&&"],
  ])("%s as %j", (text, shown) => expect(decoded(text)).toBe(shown));

  test.each(["plain text", "50% of it", "a\\qb", "\\u12", "\\x4", "%4", "&copy;", "&#6;", "a=b"])(
    "and %s has none",
    (text) => expect(decodeEscapes(undecoded(text))).toBeNull(),
  );
});

describe("where each character comes from", () => {
  const places = (text: string) => {
    const view = decodeEscapes(undecoded(text));
    return { starts: [...(view?.starts ?? [])], ends: [...(view?.ends ?? [])] };
  };

  it("is its place in the text itself where nothing is decoded", () => {
    const { text, starts, ends } = undecoded("abc");
    expect({ text, starts: [...starts], ends: [...ends] }).toEqual({
      text: "abc",
      starts: [0, 1, 2],
      ends: [1, 2, 3],
    });
  });

  it("is the whole code of what is decoded", () => {
    expect(places("a%41bc")).toEqual({ starts: [0, 1, 4, 5], ends: [1, 4, 5, 6] });
    expect(places("&#x1F600;z")).toEqual({ starts: [0, 0, 9], ends: [9, 9, 10] });
    expect(places('x\\\\\\"')).toEqual({ starts: [0, 1, 1], ends: [1, 5, 5] });
  });

  it("leads through several layers", () => {
    const once = decodeEscapes(undecoded("<%2541>"));
    const twice = once && decodeEscapes(once);
    expect(twice?.text).toBe("<A>");
    expect([...(twice?.starts ?? [])]).toEqual([0, 1, 6]);
    expect([...(twice?.ends ?? [])]).toEqual([1, 6, 7]);
  });
});
