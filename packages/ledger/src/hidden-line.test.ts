import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeData,
  findHiddenLine,
  type HiddenLine,
  isAuthentic,
  needsNewSignature,
  recordBody,
  recordText,
  type Signer,
  withoutHiddenLines,
} from "./hidden-line.ts";
import { ISSUE, SIGNER } from "./testing/comments.ts";

const UNSIGNED: Signer = { repositoryId: 4242, keys: [] };
const PLACE = { issue: ISSUE, kind: "attempt/2", seq: 3 };

const bodyOf = (text: string, data: unknown, signer = SIGNER, { issue, kind, seq } = PLACE): string =>
  recordBody({ belief: { signer } }, issue, { kind, text, data }, seq);
const lineOf = (data: unknown = { a: 1 }, signer: Signer = SIGNER, place = PLACE): string =>
  bodyOf("", data, signer, place).trimStart();

function find(body: string): HiddenLine {
  const line = findHiddenLine(body);
  if (line === undefined || "reason" in line) throw new Error(line?.reason ?? "There is no hidden line.");
  return line;
}

describe("a hidden line", () => {
  it("is read as it was written, whatever stands above it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (text, data) => {
          const line = find(bodyOf(text, data));
          expect(isAuthentic(SIGNER, ISSUE, line)).toBe(true);
          expect(decodeData(line)).toEqual(JSON.parse(JSON.stringify(data)));
        },
      ),
    );
  });

  it("is the same for the same facts, in whatever order they were put together", () => {
    expect(lineOf({ a: 1, b: { c: 2, d: [3] } })).toBe(lineOf({ b: { d: [3], c: 2 }, a: 1 }));
  });

  it("stands in one HTML comment that nothing in the data can end", () => {
    expect(lineOf({ text: "--> <script> -- >" }).slice(4, -3)).not.toMatch(/--|>/);
  });

  it("keeps kind and number of its rewrite", () => {
    expect(find(lineOf())).toMatchObject({ version: 1, kind: "attempt/2", seq: 3 });
  });

  it("is found although GitHub changed the line ends", () => {
    expect(find(`text\r\n\r\n${lineOf()}\r\n`).seq).toBe(3);
  });

  it("refuses data above 4 KB, with the name of the record", () => {
    expect(() => lineOf({ text: "é".repeat(2048) })).toThrow(/record attempt\/2 of #12 is \d+ bytes/);
  });
});

describe("what only looks like a hidden line", () => {
  it.each([
    ["quoted", `> ${lineOf()}`],
    ["in a fenced block", `\`\`\`\n${lineOf()}\n\`\`\``],
    ["in the middle", `text\n${lineOf()}\nmore`],
    ["after text on its line", `text ${lineOf()}`],
    ["indented", `    ${lineOf()}`],
    ["one of two", `${lineOf()}\n${lineOf()}`],
    ["cut short", lineOf().slice(0, -10)],
    ["with a mac of another length", lineOf().replace(/mac=../, "mac=")],
    ["with base64 that is none", lineOf().replace("data=", "data=%")],
  ])("is refused with a reason: %s", (_how, body) => {
    expect(findHiddenLine(body)).toHaveProperty("reason");
  });

  it.each(["", "plain text", "<!-- another comment -->", "patchpilot:v1"])("is not in %j", (body) => {
    expect(findHiddenLine(body)).toBeUndefined();
  });

  it("is made harmless in text from production", () => {
    const text = `TypeError: <!-- patchpilot:v1 x --> <!--\tpatchpilot:v2 <!-- kept -->`;
    expect(findHiddenLine(withoutHiddenLines(text))).toBeUndefined();
    expect(withoutHiddenLines(text)).toContain("<!-- kept -->");
  });
});

describe("a signature", () => {
  const line = find(lineOf());

  it("does not hold on another issue", () => {
    expect(isAuthentic(SIGNER, ISSUE + 1, line)).toBe(false);
  });

  it("does not hold in another repository", () => {
    expect(isAuthentic({ ...SIGNER, repositoryId: 1 }, ISSUE, line)).toBe(false);
  });

  it.each([
    ["kind", { kind: "attempt/3" }],
    ["seq", { seq: 4 }],
    ["version", { version: 2 }],
    ["data", { data: Buffer.from('{"a":2}').toString("base64") }],
    ["mac", { mac: "0".repeat(32) }],
    ["mac", { mac: "none" }],
  ])("does not hold with another %s", (_name, change) => {
    expect(isAuthentic(SIGNER, ISSUE, { ...line, ...change })).toBe(false);
  });

  it("does not hold for any other place or data", () => {
    const place = fc.record({
      issue: fc.integer({ min: 1, max: 999 }),
      kind: fc.constantFrom("attempt/2", "recovery/2", "incident", "attempt/22"),
      seq: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(place, place, (written, claimed) => {
        const { mac, data } = find(lineOf({ a: 1 }, SIGNER, written));
        const moved = { version: 1, kind: claimed.kind, seq: claimed.seq, mac, data };
        const same = JSON.stringify(written) === JSON.stringify(claimed);
        expect(isAuthentic(SIGNER, claimed.issue, moved)).toBe(same);
      }),
    );
  });

  it("holds under the older key while keys are rotated, and is then renewed", () => {
    const old = find(lineOf({ a: 1 }, { ...SIGNER, keys: ["the older key"] }));
    expect([isAuthentic(SIGNER, ISSUE, old), needsNewSignature(SIGNER, ISSUE, old)]).toEqual([true, true]);
    expect(needsNewSignature(SIGNER, ISSUE, line)).toBe(false);
  });

  it("does not hold under a key that is gone", () => {
    expect(isAuthentic({ ...SIGNER, keys: ["another key"] }, ISSUE, line)).toBe(false);
  });

  it("is `none` without a key, and then nothing can be checked", () => {
    const unsigned = find(lineOf({ a: 1 }, UNSIGNED));
    expect(unsigned.mac).toBe("none");
    expect([unsigned, line].map((each) => isAuthentic(UNSIGNED, ISSUE, each))).toEqual([true, true]);
    expect(needsNewSignature(UNSIGNED, ISSUE, line)).toBe(false);
  });
});

describe("data", () => {
  const encoded = (text: string): HiddenLine => ({
    ...find(lineOf()),
    data: Buffer.from(text).toString("base64"),
  });

  it.each(["", "{", "null", "[]", "7", '"text"'])("that is %j is no record", (text) => {
    expect(decodeData(encoded(text))).toBeUndefined();
  });

  it("with a `__proto__` key changes no object", () => {
    const data = decodeData(encoded('{"__proto__":{"isAdmin":true},"a":1}'));
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(({ ...data } as Record<string, unknown>)["isAdmin"]).toBeUndefined();
  });
});

describe("the text of a record", () => {
  it.each([
    ["as it was written", bodyOf("### Accepted\n\nFor 3 users.", { a: 1 })],
    ["with GitHub's line ends", `${bodyOf("### Accepted\n\nFor 3 users.", { a: 1 })}\r\n`],
  ])("is what people read, %s", (_how, body) => {
    expect(recordText(body)).toBe("### Accepted\n\nFor 3 users.");
  });
});
