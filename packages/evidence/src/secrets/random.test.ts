import { describe, expect, it } from "vitest";
import { isDrawn, looksRandom } from "./random.ts";

/** So many letters in so many runs, each of one character, by turns. No pair of q, x and z is in a word. */
function runs(length: number, turns: number, characters: string): string {
  let text = "";
  for (let run = 0; run <= turns; run += 1) {
    const long = Math.ceil((length - text.length) / (turns + 1 - run));
    text += (characters[run % characters.length] ?? "").repeat(long);
  }
  return text;
}

/** Pairs that words have, and pairs that none has, in one word with its cases mixed. */
const pairs = (known: number, unknown: number): string =>
  "tH".repeat(30).slice(0, known + 1) + "q".repeat(unknown);

describe("letters alone were drawn", () => {
  it("from 24 on, if they change their case more often than every third time", () => {
    expect(isDrawn(runs(24, 8, "qX"))).toBe(true);
    expect(isDrawn(runs(24, 7, "qX"))).toBe(false);
    expect(isDrawn(runs(23, 8, "qX"))).toBe(false);
    expect(isDrawn(runs(30, 10, "qX"))).toBe(true);
    expect(isDrawn(runs(30, 9, "qX"))).toBe(false);
    expect(isDrawn("q".repeat(40))).toBe(false);
  });

  it("if less than half of their pairs are in words", () => {
    expect(isDrawn(pairs(11, 13))).toBe(true);
    expect(isDrawn(pairs(12, 12))).toBe(false);
  });
});

describe("letters of both cases with digits were drawn", () => {
  it("if they turn often enough for their length", () => {
    expect(isDrawn(runs(23, 9, "q7X"))).toBe(true);
    expect(isDrawn(runs(23, 8, "q7X"))).toBe(false);
    expect(isDrawn(runs(24, 8, "q7X"))).toBe(true);
    expect(isDrawn(runs(24, 7, "q7X"))).toBe(false);
    expect(isDrawn(runs(30, 9, "q7X"))).toBe(true);
    expect(isDrawn(runs(30, 8, "q7X"))).toBe(false);
  });

  it("if few of their pairs are in words", () => {
    expect(isDrawn(`${pairs(28, 22)}7`)).toBe(true);
    expect(isDrawn(`${pairs(29, 21)}7`)).toBe(false);
  });
});

describe("letters of one case with digits were drawn", () => {
  it.each(["q7", "X7"])("if they turn five times, and often enough for their length: %s", (characters) => {
    expect(isDrawn(runs(9, 5, characters))).toBe(true);
    expect(isDrawn(runs(9, 4, characters))).toBe(false);
    expect(isDrawn(runs(50, 11, characters))).toBe(true);
    expect(isDrawn(runs(50, 10, characters))).toBe(false);
  });

  it("if they are four letters at least", () => {
    expect(isDrawn("7q7x7z7q")).toBe(true);
    expect(isDrawn("7q7x7z7")).toBe(false);
    expect(isDrawn("7q7x7Z7")).toBe(false);
  });

  it("unless most of their pairs are in words", () => {
    const rest = `7th7${"q".repeat(10)}7${"q".repeat(11)}7`;
    expect(isDrawn(`${"7thththt".repeat(5)}${rest}`)).toBe(true);
    expect(isDrawn(`${"7thththt".repeat(5)}${rest.replace("th", "tht")}`)).toBe(false);
    expect(isDrawn("7th7th7th7q7x7")).toBe(true);
    expect(isDrawn("7th7th7th7th7")).toBe(false);
  });
});

describe("a value looks random", () => {
  it.each([
    ...["q7x2m9k4v8b3", "q7x2-m9k4_v8b3", "see q7x2m9k4v8b3", "a/q7x2m9k4v8b3", "0xq7x2m9k4v8b3"],
    ...["1f2e3d4c5b6aq7x2m9k4v8b3", "1f2e3d4c5b6ax7x2m9k4v8", "q1x2m3k4w5z6"],
  ])("%s", (value) => {
    expect(looksRandom(value)).toBe(true);
  });

  it.each([
    ...["q7x2m9k4v8b", "q7x2m9 k4v8b3", "0x1f2e3d4c5b6a", "1f2e3d4c5b6a", "1F2E3D4C5B6A", "hello-world-42"],
    ...["authentication"],
  ])("but not %s", (value) => {
    expect(looksRandom(value)).toBe(false);
  });
});
