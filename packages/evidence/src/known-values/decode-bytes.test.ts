import { describe, expect, it, test } from "vitest";
import { decodeBytes } from "./decode-bytes.ts";
import { undecoded } from "./decode-text.ts";

const views = (text: string) =>
  decodeBytes(undecoded(text)).map((view) => ({
    text: view.text,
    starts: [...view.starts],
    ends: [...view.ends],
  }));
const texts = (text: string): string[] => views(text).map((view) => view.text);

describe("base64", () => {
  it("leads to the letters that each byte is of", () => {
    expect(views("= aGVsbG8h")).toEqual([
      { text: "hello!", starts: [2, 3, 4, 6, 7, 8], ends: [4, 5, 6, 8, 9, 10] },
    ]);
  });

  it("is read from each of its first four letters on while eight letters are left", () => {
    expect(texts("aGVsbG8hISEh")).toEqual(
      [0, 1, 2, 3].map((skip) => Buffer.from("aGVsbG8hISEh".slice(skip), "base64").toString("latin1")),
    );
    expect(texts("aGVsbG8hIS").length).toBe(3);
    expect(texts("aGVsbG8")).toEqual([]);
  });

  const code = btoa("login:correct-horse");
  test.each([
    "\n",
    "\r\n",
    "\\n",
    "\\r\\n",
    "=\n",
    "==\r\n",
    "\n> ",
    `\n${" ".repeat(40)}`,
    '"+"',
    '" + "',
    '" +\n    "',
    '"+\r\n\t"',
    '"\n+ "',
  ])("is read over the break %j", (gap) => {
    const parts = [code.slice(0, 10), code.slice(10, 18), code.slice(18)].join(gap);
    const found = views(`x: ${parts}`).find(({ text }) => text === "login:correct-horse");
    expect(found?.starts.slice(0, 9)).toEqual([3, 4, 5, 7, 8, 9, 11, 12, 13 + gap.length]);
    expect(found?.ends.at(-1)).toBe(3 + parts.replace(/=+$/, "").length);
  });

  it("ends at any other gap", () => {
    expect(texts(`${code.slice(0, 12)}, ${code.slice(12)}`)).not.toContain("login:correct-horse");
    expect(texts(`${code.slice(0, 12)}\n${" ".repeat(41)}${code.slice(12)}`)).not.toContain(
      "login:correct-horse",
    );
  });
});

describe("bytes", () => {
  test.each([
    ["hexadecimal, together", "68656C6c6f21", 0, 2],
    ["apart by colons", "68:65:6c:6c:6f:21", 0, 3],
    ["apart by blanks", "68   65   6c   6c   6f   21", 0, 5],
    ["of a program", "0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x21", 2, 8],
    ["escaped", "\\x68\\x65\\x6c\\x6c\\x6f\\x21", 2, 6],
    ["percent codes", "%68%65%6c%6c%6f%21", 1, 4],
    ["as numbers", "104, 101, 108, 108, 111, 133", 0, 5],
    ["as numbers far apart", "104 ; 101 ; 108 ; 108 ; 111 ; 133", 0, 6],
  ])("are read: %s", (_, text, first, second) => {
    const found = views(text).find((view) => /^hello.$/.test(view.text));
    expect(found?.starts.slice(0, 2)).toEqual([first, second]);
    expect(found?.ends.at(-1)).toBe(text.length);
  });

  test.each(["68656c6c6f", "104 101 108 108 111", "104.101.108.108.111.133"])("of %s are too few", (text) =>
    expect(texts(text).filter((each) => each.startsWith("hello"))).toEqual([]),
  );
});
