import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactValues } from "../redact-values.ts";

const SECRET = `ghp_${"aB3dE5gH7jK9mN1pQ2sT4vW6xY8zC0fL2hJ4"}`;
const FRAGMENT = SECRET.slice(10, 22);
const reverse = (text: string): string => [...text].reverse().join("");
const hex = (text: string): string => Buffer.from(text).toString("hex");
const bytes = (text: string): string[] => hex(text).match(/../g) ?? [];

const eachByte =
  (before: string, behind = "") =>
  (text: string): string =>
    bytes(text)
      .map((byte) => before + byte + behind)
      .join("");
const wrap = (code: string, lineEnd: string): string => (code.match(/.{1,12}/g) ?? []).join(lineEnd);

const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  "percent codes": eachByte("%"),
  "percent codes of percent codes": eachByte("%25"),
  base64: (text) => btoa(`login:${text}`),
  "base64 of base64": (text) => btoa(btoa(text)),
  "base64 over lines": (text) => wrap(btoa(`..${text}..`), "\n  "),
  "base64 with escaped line ends": (text) => wrap(btoa(text), "\\n"),
  hexadecimal: hex,
  "hexadecimal in upper case, apart": (text) => eachByte("", ":")(text).toUpperCase(),
  "bytes of a program": eachByte("0x", ", "),
  "a list of numbers": (text) => JSON.stringify([...Buffer.from(text)]),
  "\\x escapes": eachByte("\\x"),
  "\\u escapes": eachByte("\\u00"),
  "HTML entities": eachByte("&#x", ";"),
};

describe("a known value", () => {
  it.each(Object.entries(WRITINGS))(
    "and twelve of its characters are hidden in %s, forwards and reversed",
    (_, write) => {
      for (const shown of [SECRET, FRAGMENT, reverse(SECRET), reverse(FRAGMENT)]) {
        const { text, hidden } = redactValues(`a ${write(shown)} z`, [SECRET]);
        expect(hidden).toBeGreaterThan(0);
        expect(text).toMatch(/^a .*\[redacted secret\]/);
      }
    },
  );

  it("is hidden with its prefix, and nothing around it", () => {
    expect(redactValues(`token ${SECRET}, sorry`, [SECRET]).text).toBe("token [redacted secret], sorry");
    expect(redactValues(`${reverse(SECRET)}.`, [SECRET]).text).toBe("[redacted secret]_phg.");
  });

  it("is not what everybody knows of it", () => {
    const secrets = [
      SECRET,
      `sk-ant-api03-${"aB3dE5gH7jK9mN1p"}`,
      "postgres://shop:aB3dE5gH7jK9@db.example.com:5432/orders",
      "-----BEGIN PRIVATE KEY-----\naB3dE5gH7jK9mN1pQ2sT\n-----END PRIVATE KEY-----",
    ];
    const text =
      "ghp_ and sk-ant-api03- of db.example.com:5432/orders, -----BEGIN PRIVATE KEY-----, and ghp_aB3dE5g";
    expect(redactValues(text, secrets)).toEqual({ text, hidden: 0 });
    expect(redactValues("as aB3dE5gH7jK9@db.example.com", secrets).text).toBe(
      "as [redacted secret]@db.example.com",
    );
  });

  it("of plain words is hidden only as a whole", () => {
    expect(redactValues("the production-database is down", ["production-data"]).hidden).toBe(1);
    expect(redactValues("the production-date is near", ["production-data"]).hidden).toBe(0);
  });

  it("is not found where it is not, and found once is gone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(20), (text, at) => {
        expect(redactValues(text, [SECRET])).toEqual({ text, hidden: 0 });
        const once = redactValues(text.slice(0, at) + SECRET + text.slice(at), [SECRET]);
        expect(once.hidden).toBe(1);
        expect(redactValues(once.text, [SECRET]).hidden).toBe(0);
      }),
    );
  });
});

it("what stands everywhere is no fragment of a secret that holds it, and the whole secret is hidden", () => {
  const secret = `ghs_${"0".repeat(36)}`;
  const patch = `index ${"0".repeat(40)}..9ae26a48d7c08c841c6e4950d53d6e9217a26c1c`;
  expect(redactValues(patch, [secret]).hidden).toBe(0);
  expect(redactValues(`token ${secret}`, [secret]).text).not.toContain("0000");
});
