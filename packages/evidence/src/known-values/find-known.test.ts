import { describe, expect, it, test } from "vitest";
import { findKnown } from "./find-known.ts";
import { findWindows, indexWindows } from "./window-index.ts";

const BODY = "aB3dE5gH7jK9mN1pQ2";
const windows = (text: string, ...secrets: string[]) => findWindows(text, indexWindows(secrets));
const reverse = (text: string): string => text.split("").reverse().join("");

describe("windows of secrets", () => {
  test.each([
    ["all of it", `x ${BODY}.`, [2, 20]],
    ["its first twelve characters", `x ${BODY.slice(0, 12)}.`, [2, 14]],
    ["its last twelve characters", BODY.slice(-12), [0, 12]],
    ["its last twelve characters reversed", reverse(BODY).slice(0, 12), [0, 12]],
  ])("are found: %s", (_, text, span) => {
    expect(windows(text, BODY)).toEqual([span]);
  });

  it("are longer than eleven characters", () => {
    expect(windows(`${BODY.slice(0, 11)} ${BODY.slice(-11)}`, BODY)).toEqual([]);
  });

  it("are hidden with the prefix that everybody knows, where it is before them", () => {
    const token = `acme_${BODY}`;
    expect(windows(`is ${token.slice(0, 17)}`, token)).toEqual([[3, 20]]);
    expect(windows(`is ${BODY.slice(0, 12)}`, token)).toEqual([[3, 15]]);
    expect(windows(`acme_ ${BODY.slice(1, 13)}`, token)).toEqual([[6, 18]]);
    expect(windows(`acme_${BODY.slice(1, 13)}`, token)).toEqual([[5, 17]]);
    expect(windows(`acme_${BODY.slice(0, 7)}`, token)).toEqual([]);
    expect(windows(reverse(BODY).slice(-12), token)).toEqual([[0, 12]]);
    expect(windows(reverse(token).slice(-12), token)).toEqual([]);
  });

  it("are the whole of what is short behind a prefix", () => {
    expect(windows("is aB3dE5gH", "acme_aB3dE5gH")).toEqual([[3, 11]]);
    expect(windows("is acme_aB3dE5gH", "acme_aB3dE5gH")).toEqual([[3, 16]]);
    expect(windows("is Hg5Ed3Ba", "acme_aB3dE5gH")).toEqual([[3, 11]]);
    expect(windows(`is ${BODY.slice(0, 12)}`, `acme_${BODY.slice(0, 12)}`)).toEqual([[3, 15]]);
  });

  it("are the whole of a sentence", () => {
    expect(windows("the correct horse", "correct horse battery")).toEqual([]);
    expect(windows("a correct horse battery", "correct horse battery")).toEqual([[2, 23]]);
    expect(windows("correct+horse+battery", "correct horse battery")).toEqual([[0, 21]]);
  });

  it("have at least five different signs, unless no other has", () => {
    const padded = `${BODY.slice(0, 12)}000000000000`;
    expect(windows("0".repeat(40), padded)).toEqual([]);
    expect(windows("Aab1caaaaaaa", "Aab1caaaaaaaa")).toEqual([[0, 12]]);
    expect(windows("Aab1aaaaaaaa", "Aab1aaaaaaaaa")).toEqual([]);
    expect(windows("Aab1aaaaaaaaa", "Aab1aaaaaaaaa")).toEqual([[0, 13]]);
  });

  it("are the longest that begin at a place", () => {
    expect(windows("x aB3dE5gH", "aB3dE5", "aB3dE5gH")).toEqual([[2, 10]]);
    expect(windows("x aB3dE5", "aB3dE5", BODY)).toEqual([[2, 8]]);
  });

  it("are joined where they touch and apart otherwise", () => {
    expect(windows("aB3dE5x9Y8zW", "aB3dE5", "x9Y8zW")).toEqual([[0, 12]]);
    expect(windows("aB3dE5 x9Y8zW", "aB3dE5", "x9Y8zW")).toEqual([
      [0, 6],
      [7, 13],
    ]);
  });

  it("are found as the bytes of letters, too", () => {
    expect(windows(Buffer.from("pässwörd9").toString("latin1"), "pässwörd9")).toEqual([[0, 11]]);
  });
});

describe("known values", () => {
  const known = (text: string) => findKnown(text, indexWindows([BODY]));
  const percent = (text: string): string =>
    [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  const twice = (text: string, times: number): string =>
    times === 0 ? text : twice(text.replaceAll("%", "%25"), times - 1);

  test.each([0, 1, 2])("are found in percent codes that are coded again %i times", (times) => {
    const code = twice(percent(BODY), times);
    expect(known(`a=${code}&b`)).toEqual([[2, 2 + code.length]]);
  });

  it("are not looked for in deeper layers", () => {
    expect(known(twice(percent(BODY), 4))).toEqual([]);
  });

  test.each([
    ["base64 of hexadecimal", btoa(Buffer.from(BODY).toString("hex"))],
    ["base64 of a form", btoa(`password=${percent(BODY)}`)],
    ["base64 of base64", btoa(btoa(`user:${BODY}`))],
  ])("are found in %s", (_, code) => {
    expect(known(`x: ${code}`).length).toBe(1);
  });

  it("come in order, joined where they touch", () => {
    const text = `${percent(BODY)} and ${BODY}${percent(BODY)}`;
    expect(known(text)).toEqual([
      [0, 54],
      [59, text.length],
    ]);
  });
});
