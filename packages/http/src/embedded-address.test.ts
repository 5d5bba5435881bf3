import { expect, it } from "vitest";
import { findEmbedded } from "./embedded-address.ts";

const LAST = [12, 13, 14, 15];
const zeros = (count: number): number[] => Array<number>(count).fill(0);
const NAT64 = [0, 0x64, 0xff, 0x9b];
const FORMS: readonly [name: string, begins: readonly number[], at: readonly number[], byte: number][] = [
  ["a compatible address", zeros(12), LAST, 8],
  ["a mapped address", [...zeros(10), 0xff, 0xff], LAST, 8],
  ["a translated address", [...zeros(8), 0xff, 0xff, 0, 0], LAST, 8],
  ["NAT64", [...NAT64, ...zeros(8)], LAST, 8],
  ["local NAT64 of 96 bits", [...NAT64, 0, 1], LAST, 8],
  ["local NAT64 of 48 bits", [...NAT64, 0, 1], [6, 7, 9, 10], 8],
  ["local NAT64 of 56 bits", [...NAT64, 0, 1], [7, 9, 10, 11], 8],
  ["local NAT64 of 64 bits", [...NAT64, 0, 1], [9, 10, 11, 12], 8],
  ["6to4", [0x20, 2], [2, 3, 4, 5], 8],
  ["Teredo's server", [0x20, 1, 0, 0], [4, 5, 6, 7], 8],
  ["Teredo's client", [0x20, 1, 0, 0], LAST, 247],
];

/** An address that begins so, and has the byte at four places; `changed` is the place of a byte that is another one. */
function spell(begins: readonly number[], at: readonly number[], byte: number, changed?: number): string {
  const bytes = [...begins, ...zeros(16 - begins.length)].map((each, place) =>
    at.includes(place) ? byte : place === changed ? each ^ 0x18 : each,
  );
  const groups = Array.from(
    { length: 8 },
    (_, group) => (bytes[2 * group] ?? 0) * 256 + (bytes[2 * group + 1] ?? 0),
  );
  return groups.map((group) => group.toString(16)).join(":");
}

it.each(FORMS)(
  "%s holds 8.8.8.8, and no longer does when a byte of what it begins with is another one",
  (...form) => {
    const [, begins, at, byte] = form;
    expect(findEmbedded(spell(begins, at, byte))).toContain("8.8.8.8");
    const others = begins.map((_, place) => findEmbedded(spell(begins, at, byte, place)));
    expect(others.filter((found) => found.includes("8.8.8.8"))).toEqual([]);
  },
);

it("says of a form without any host that it holds 0.0.0.0", () => {
  expect(findEmbedded("64:ff9b::")).toEqual(["0.0.0.0"]);
});
