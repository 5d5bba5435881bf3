import { describe, expect, it, test } from "vitest";
import { type Comparable, compareIncidents, findSimilar } from "./similarity.ts";

const NOTHING: Comparable = { signature: "", files: [] };
const compare = (one: Partial<Comparable>, other: Partial<Comparable>) =>
  compareIncidents({ ...NOTHING, ...one }, { ...NOTHING, ...other });
const words = (text: string) => ({ words: text });

describe("how alike two incidents are", () => {
  it("is nothing where nothing is known of them", () => {
    expect(compare({}, {})).toEqual({ score: 0, reasons: [] });
    expect(compare({ files: ["a.ts"], words: "alpha" }, {})).toEqual({ score: 0, reasons: [] });
    expect(compare({}, { files: ["a.ts"], words: "alpha" })).toEqual({ score: 0, reasons: [] });
  });

  test.each([
    ["TypeError at a.ts:x", "TypeError at b.ts:y", true],
    ["TypeError", "TypeError at b.ts:y", true],
    ["app.errors:Full at a.ts:x", "app.errors:Full at b.ts:y", true],
    ["TypeError at a.ts:x", "RangeError at b.ts:y", false],
    ["GET /orders", "GET! /carts", false],
    ["! TypeError at a.ts:x", "? TypeError at b.ts:y", false],
    ["x", "x y", false],
  ])("depends on the type: %s and %s", (signature, other, isSame) => {
    const { reasons } = compare({ signature }, { signature: other });
    expect(reasons.some((reason) => reason.startsWith("both are"))).toBe(isSame);
  });

  it("names the files of both, at most three", () => {
    const files = ["a.ts", "b.ts", "c.ts", "d.ts"];
    expect(compare({ files: ["a.ts", "b.ts"] }, { files: ["b.ts", "c.ts"] })).toEqual({
      score: 0.15,
      reasons: ["the same file: b.ts"],
    });
    expect(compare({ files }, { files })).toEqual({
      score: 0.45,
      reasons: ["the same files: a.ts, b.ts, c.ts"],
    });
    expect(compare({ files: ["a.ts"] }, { files: ["b.ts"] })).toEqual({ score: 0, reasons: [] });
  });

  it("names the words of both from three in ten on, at most five", () => {
    expect(
      compare(
        words("alpha bravo charlie one1 two2 three3"),
        words("alpha bravo charlie six6 seven7 eight8 nine9"),
      ),
    ).toEqual({ score: 0.12, reasons: ["the same words: alpha, bravo, charlie"] });
    expect(
      compare(words("alpha bravo charlie one1 two2 three3"), words("alpha bravo six6 seven7 eight8 nine9")),
    ).toEqual({ score: 0.08, reasons: [] });
    const six = words("alpha bravo charlie delta echo foxtrot");
    expect(compare(six, six)).toEqual({
      score: 0.4,
      reasons: ["the same words: alpha, bravo, charlie, delta, echo"],
    });
  });

  it("does not depend on common words, single letters and numbers", () => {
    expect(
      compare(words("the error with a 42 and undefined"), words("the error with a 42 and undefined")),
    ).toEqual({
      score: 0,
      reasons: [],
    });
  });

  it("counts two hundred words", () => {
    const many = Array.from({ length: 200 }, (_, index) => `word${index}`).join(" ");
    expect(compare(words(`${many} alpha`), words("alpha")).score).toBe(0);
    expect(compare(words(`alpha ${many}`), words("alpha")).score).toBeGreaterThanOrEqual(0);
    expect(compare(words(`${many} alpha`), words(`${many} bravo`))).toMatchObject({ score: 0.4 });
  });
});

test("an incident is shown as similar from 0.35 on", () => {
  const signature = "TypeError at a.ts:x";
  const half = {
    ...NOTHING,
    signature: "TypeError",
    files: ["a.ts", "b.ts"],
    words: "zulu yankee xray whiskey victor",
  };
  const past = [half, { ...half, files: ["a.ts"] }, { ...half, files: ["c.ts"] }];
  const found = findSimilar({ signature, files: ["a.ts"] }, past, 5);
  expect(found.map((one) => one.past.files)).toEqual([["a.ts"], ["a.ts", "b.ts"]]);
  const three = { signature: "", files: ["a.ts"], words: "alpha bravo charlie delta" };
  const edge = { ...three, files: ["a.ts"], words: "zulu" };
  expect(findSimilar(three, [edge], 5).map(({ similarity }) => similarity.score)).toEqual([0.45]);
});
