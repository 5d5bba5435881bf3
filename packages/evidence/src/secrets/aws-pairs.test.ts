import { describe, expect, it } from "vitest";
import { hideAwsPairs } from "./aws-pairs.ts";

const ID = `AKIA${"QWERTYUIOPASDFG2"}`;
const SECRET = "ab/D+fghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
const hidden = (text: string): string => hideAwsPairs(text, (kind) => `[${kind}]`);
const gap = (length: number): string => ` ${"-".repeat(length - 2)} `;

describe("the secret of an AWS key is hidden", () => {
  it.each(["AKIA", "ASIA", "ABIA", "ACCA"])("near an id that begins with %s", (prefix) => {
    const id = `${prefix}${ID.slice(4)}`;
    expect(hidden(`${id} ${SECRET}`)).toBe(`${id} [aws-secret]`);
    expect(hidden(`${SECRET}:${id}`)).toBe(`[aws-secret]:${id}`);
  });

  it("up to 300 characters before or behind it", () => {
    const near = `${ID}${gap(279)}${SECRET}`;
    expect(hidden(near)).toBe(near.replace(SECRET, "[aws-secret]"));
    expect(hidden(`${ID}${gap(280)}${SECRET}`)).toContain(SECRET);
    expect(hidden(`${SECRET}${gap(259)}${ID}`)).not.toContain(SECRET);
    expect(hidden(`${SECRET}${gap(260)}${ID}`)).toContain(SECRET);
  });

  it("near any of several ids, and only there", () => {
    const far = gap(600);
    const text = `${ID}${far}${SECRET}${far}${ID} ${SECRET}${far}${ID}${far}${ID} ${ID} ${SECRET}${far}${SECRET}`;
    expect(hidden(text)).toBe(
      `${ID}${far}${SECRET}${far}${ID} [aws-secret]${far}${ID}${far}${ID} ${ID} [aws-secret]${far}${SECRET}`,
    );
    expect(hidden(`${far}${SECRET} ${ID}${far}${ID}`)).toBe(`${far}[aws-secret] ${ID}${far}${ID}`);
    expect(hidden(`${ID}${far}${SECRET} ${ID}`)).toBe(`${ID}${far}[aws-secret] ${ID}`);
  });
});

describe("beside an id stays", () => {
  const hex = "0123456789abcdefABCD0123456789abcdefABCD";
  it.each([
    ["digest", hex],
    ["longer word", `${SECRET}x`],
    ["word with a sign of base64 behind it", `${SECRET}=`],
    ["shorter word", SECRET.slice(1)],
    ["end of a longer word", `x${SECRET}`],
    ["word with another sign", SECRET.replace("h", "_")],
  ])("a %s", (_, word) => {
    expect(hidden(`${ID} ${word} x`)).toBe(`${ID} ${word} x`);
  });

  it("everything, if it is too short for one", () => {
    const short = `${ID.slice(0, -1)} ${SECRET}`;
    expect(hidden(short)).toBe(short);
    expect(hidden(SECRET)).toBe(SECRET);
  });
});
