import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanEnd, readWork } from "./lesson-text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const SECRET = "sup3r-s3cret-value";
const read = (files: Record<string, string>) =>
  readWork(new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)])), [SECRET]);

describe("what a worker left", () => {
  it("is its patch with the hash of the whole, and its failure", () => {
    const patch = `diff --git a/x b/x\n+${"a ".repeat(5000)}`;
    const { patchSha256, diff, failure, missing } = read({
      "change.patch": patch,
      "result.json": JSON.stringify({
        reason: "Tests are red.",
        failure: { command: "npm test", output: "1 test failed" },
      }),
    });
    expect(patchSha256).toBe(createHash("sha256").update(patch).digest("hex"));
    expect(diff?.length).toBeLessThanOrEqual(6000);
    expect(failure).toBe("Tests are red.\n$ npm test\n1 test failed");
    expect(missing).toEqual([]);
  });

  it.each(["", "null", "[]", "{", '{"failure": 7}', '{"failure": "", "reason": 1}'])(
    "is no failure in a result of %j",
    (result) => {
      expect(read({ "change.patch": "x", "result.json": result }).failure).toBeUndefined();
    },
  );

  it("is no failure where the work came to a patch, whatever went red before", () => {
    const red = { reason: "Tests pass.", failure: { command: "npm test", output: "1 failed" } };
    const result = (kind: string) => ({
      "change.patch": "x",
      "result.json": JSON.stringify({ ...red, result: kind }),
    });
    expect(read(result("patch")).failure).toBeUndefined();
    expect(read(result("failed")).failure).toContain("1 failed");
  });

  it("is said to be missing where it is", () => {
    expect(read({}).missing).toEqual(["it left no patch", "it left no result"]);
  });

  it("shows no secret and no hidden character", () => {
    const text = `+const a = "${SECRET}";\u202E\n+ghp_${"a1B2".repeat(9)}\n`;
    const { diff, failure } = read({
      "change.patch": text,
      "result.json": JSON.stringify({ failure: { command: text, output: text } }),
    });
    for (const shown of [diff, failure]) expect(shown).not.toMatch(/sup3r|ghp_a1B2|\u202E/);
  });
});

describe("the end of an output", () => {
  it("is what is kept, from the beginning of a line", () => {
    const output = `${Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\n")}\nAssertionError`;
    const end = cleanEnd(output, 100, []);
    expect(end).toMatch(/^\[…\]\nline \d+\n/);
    expect(end).toMatch(/\nAssertionError$/);
  });

  it("is bounded, and holds no half of a character, whatever the output is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
        const end = cleanEnd(text, 50, []);
        expect(end.length).toBeLessThanOrEqual(54);
        expect(end.isWellFormed()).toBe(true);
      }),
    );
  });
});
