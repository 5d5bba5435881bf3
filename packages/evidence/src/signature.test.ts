import { describe, expect, it } from "vitest";
import { makeSignature, signatureOfName } from "./signature.ts";
import { compareIncidents, findSimilar } from "./similarity.ts";
import type { Frame, Thrown } from "./thrown.ts";

const frame = (path: string, name: string, line = 1): Frame => ({
  path,
  absolutePath: null,
  module: null,
  function: name,
  line,
  column: null,
  inApp: true,
  source: null,
});
const thrown = (value: string, ...frames: Frame[]): Thrown => ({
  type: "TypeError",
  value,
  module: null,
  handled: null,
  frames,
});
const print = (...chain: Thrown[]) => makeSignature(chain)?.fingerprint;

describe("the signature of an exception", () => {
  it("names type, files and functions, the crash first", () => {
    expect(
      makeSignature([thrown("x", frame("src/pay.ts", "pay"), frame("src/cart.ts", "total"))])?.text,
    ).toBe("TypeError at src/cart.ts:total < src/pay.ts:pay");
  });

  it("is the same for other lines, messages, machines and builds", () => {
    const one = print(thrown("id 1", frame("/srv/a/app/js/main.5f3a9c1b.js", "total", 10)));
    const other = print(thrown("id 2", frame("/home/b/app/js/main.77aa01ff.js", "total", 99)));
    expect(one).toBe(other);
  });

  it("differs by type, file and function", () => {
    const prints = [
      print(thrown("x", frame("src/a.ts", "one"))),
      print(thrown("x", frame("src/b.ts", "one"))),
      print(thrown("x", frame("src/a.ts", "two"))),
      print({ ...thrown("x", frame("src/a.ts", "one")), type: "RangeError" }),
    ];
    expect(new Set(prints).size).toBe(4);
  });

  it("is the message without its numbers, ids and names where there is no frame", () => {
    expect(makeSignature([thrown("order 12 of '3f2a' not in 0x7f")])?.text).toBe(
      'TypeError "order * of * not in *"',
    );
    expect(print(thrown("order 12"))).toBe(print(thrown("order 13")));
    expect(print(thrown("order 12"))).not.toBe(print(thrown("user 12")));
  });

  it("is the name itself where something has one", () => {
    expect(signatureOfName("GET /orders/12").text).toBe("GET /orders/12");
    expect(signatureOfName("a/1").fingerprint).not.toBe(signatureOfName("a/2").fingerprint);
  });

  it("is null where nothing is known", () => {
    expect(makeSignature([])).toBeNull();
  });
});

describe("similar incidents", () => {
  const incident = {
    signature: "TypeError at src/cart.ts:total",
    files: ["src/cart.ts"],
    words: "cart total",
  };

  it("are certain with the same signature", () => {
    expect(compareIncidents(incident, { ...incident, files: [] })).toEqual({
      score: 1,
      reasons: ["the same signature"],
    });
  });

  it("share files and words, and say which", () => {
    const { score, reasons } = compareIncidents(incident, {
      signature: "TypeError at src/cart.ts:items",
      files: ["src/cart.ts"],
      words: "cart items",
    });
    expect(score).toBeGreaterThan(0.6);
    expect(reasons.slice(0, 2)).toEqual(["both are TypeError", "the same file: src/cart.ts"]);
  });

  it("are not found by the type alone", () => {
    const past = [
      { signature: "TypeError at lib/mail.ts:send", files: ["lib/mail.ts"], words: "smtp timeout" },
    ];
    expect(findSimilar(incident, past, 3)).toEqual([]);
  });

  it("come best first and at most so many", () => {
    const past = [
      { signature: "TypeError at src/cart.ts:items", files: ["src/cart.ts"] },
      { signature: incident.signature, files: [] },
      { signature: incident.signature, files: [] },
    ];
    expect(findSimilar(incident, past, 2).map(({ past: one }) => one)).toEqual([past[1], past[2]]);
  });
});
