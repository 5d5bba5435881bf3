import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, WITHHELD } from "./clean-text.ts";
import { redactValues } from "./redact-values.ts";
import { truncate } from "./truncate.ts";

const clean = (raw: string, maxLength = 1000): string => cleanText(raw, { maxLength }).text;

describe("from hostile to safe text", () => {
  it("finds a token that hidden characters and markup split", () => {
    expect(clean(`ghp_${"aB3\u200B".repeat(12)}`)).toBe("[redacted github-token]");
    expect(clean(`ghp_${"aB3d<!-- x -->".repeat(9)}`)).toBe("[redacted github-token]");
  });

  it("redacts before it truncates", () => {
    expect(clean(`${"x ".repeat(10)}ghp_${"aB3d".repeat(9)}`, 50)).not.toContain("ghp_");
  });

  it("defangs addresses", () => {
    expect(clean("see https://evil.example/runbook or www.evil.example or mailto:x")).toBe(
      "see hxxps://evil.example/runbook or www[.]evil.example or mailto[:]x",
    );
  });

  it("withholds a text when redaction throws", () => {
    const broken = (): never => {
      throw new Error("broken");
    };
    expect(cleanText("raw", { maxLength: 100, redact: broken })).toMatchObject({
      text: WITHHELD,
      withheld: true,
    });
  });

  it("hides the value of a secret that sanitising would change", () => {
    expect(cleanText("is a<b>c-->d!", { maxLength: 100, secrets: ["a<b>c-->d!"] }).text).toBe(
      "is [redacted secret]",
    );
  });
});

describe("secrets by value", () => {
  const secret = 'p@ss/w+rd "x"\\ü=9';
  it.each([
    ["raw", secret],
    ["URL-encoded", encodeURIComponent(secret)],
    ["URL-encoded in lower case", encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ["form-encoded", new URLSearchParams([["", secret]]).toString().slice(1)],
    ["JSON", JSON.stringify({ a: secret })],
    ["JSON in JSON", JSON.stringify(JSON.stringify({ a: secret }))],
    ["hexadecimal", Buffer.from(secret).toString("hex").toUpperCase()],
  ])("are found in %s spelling", (_, spelling) => {
    const { text, hidden } = redactValues(`a ${spelling} z`, [secret]);
    expect(hidden).toBe(1);
    expect(text).not.toContain(spelling);
  });

  it("are found in base64 and base64url, wherever they stand in what was encoded", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 40, unit: "grapheme" }),
        fc.string({ maxLength: 5 }),
        fc.string({ maxLength: 5 }),
        fc.constantFrom("base64" as const, "base64url" as const),
        (value, before, after, encoding) => {
          fc.pre(value.trim() === value);
          const code = Buffer.from(before + value + after).toString(encoding);
          return redactValues(code, [value]).hidden > 0;
        },
      ),
    );
  });

  it("are found line by line", () => {
    expect(redactValues("only second-line here", ["first-line\nsecond-line"]).text).toBe(
      "only [redacted secret] here",
    );
  });

  it("are ignored when short", () => {
    expect(redactValues("on and on", ["on", ""])).toEqual({ text: "on and on", hidden: 0 });
  });

  it("are those of this call, whatever was hidden before", () => {
    const secrets = ["first-secret"];
    expect(redactValues("first-secret", secrets).hidden).toBe(1);
    secrets.push("Second-Secret");
    const hex = Buffer.from("Second-Secret").toString("hex").toUpperCase();
    expect(redactValues(`first-secret Second-Secret ${hex}`, secrets).hidden).toBe(3);
    expect(redactValues("first-secret", ["other-secret"]).hidden).toBe(0);
  });
});

describe("truncation", () => {
  it("says how much is missing and keeps within the limit", () => {
    expect(truncate("a".repeat(100), 50)).toBe(`${"a".repeat(27)} […73 more characters]`);
  });

  it("never splits a code point", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(80), (text, most) => {
        const cut = truncate(text.toWellFormed(), most);
        return cut.isWellFormed() && cut.length <= Math.max(most, 0);
      }),
    );
  });
});
