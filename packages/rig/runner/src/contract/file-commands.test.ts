import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseKeyValues, parsePaths } from "./file-commands.ts";

describe("parseKeyValues", () => {
  it("reads lines and blocks, and keeps the last value of a name", () => {
    const text = "a=1\nb<<EOF\nx=y\n\nz\nEOF\na=2=3\n";
    expect(parseKeyValues(text)).toEqual({ a: "2=3", b: "x=y\n\nz" });
  });

  it("reads an empty block and a value that looks like a block", () => {
    expect(parseKeyValues("a<<E\nE\nb=c<<d\r\n")).toEqual({ a: "", b: "c<<d" });
  });

  it.each([
    ["nonsense", "Invalid format 'nonsense'"],
    ["=x", "Invalid format '=x'. Name must not be empty"],
    ["<<E\nE", "Invalid format '<<E'. Name must not be empty and delimiter must not be empty"],
    ["a<<E\nx", "Invalid value. Matching delimiter not found 'E'"],
  ])("refuses %j", (text, message) => {
    expect(() => parseKeyValues(text)).toThrow(message);
  });

  it("gives back every value that was written as a block", () => {
    const name = fc.stringMatching(/^[a-z][a-z-]*$/);
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string({ unit: fc.constantFrom("a", "\n", "=", "<<", "EO", " ") })),
        (values) => {
          const text = Object.entries(values).map(([key, value]) => `${key}<<__END__\n${value}\n__END__\n`);
          expect(parseKeyValues(text.join(""))).toEqual({ ...values });
        },
      ),
    );
  });
});

describe("parsePaths", () => {
  it("takes one folder a line", () => {
    expect(parsePaths("/a\n\n/b c\r\n")).toEqual(["/a", "/b c"]);
  });
});
