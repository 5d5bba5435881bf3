import { expect, test } from "vitest";
import { leftToPlay, numberShards, type Piece, readShare } from "./shards.ts";

const pieces: Piece[] = [
  { figure: "races", shard: "1", keptOf: "old" },
  { figure: "races", shard: "2", keptOf: "new" },
  { figure: "races", shard: "3" },
  { figure: "scale", shard: "1", keptOf: "new" },
];
const namesOf = (left: readonly Piece[]): string[] => left.map(({ figure, shard }) => `${figure} ${shard}`);
const ALL = { part: 1, of: 1 };

test("what was played of this very state is not played again", () => {
  expect(namesOf(leftToPlay(pieces, ALL, () => "new"))).toEqual(["races 1", "races 3"]);
});

test("a commit that changed what is measured has all of it played again", () => {
  expect(leftToPlay(pieces, ALL, () => "newer")).toHaveLength(4);
});

test("a part that is drawn is played once, whatever has changed since", () => {
  const drawn = pieces.map((piece) => ({ ...piece, isDrawn: true as const }));
  expect(namesOf(leftToPlay(drawn, ALL, () => "newer"))).toEqual(["races 3"]);
});

test("nothing counts while changes are in no commit", () => {
  expect(leftToPlay(pieces, ALL, () => undefined)).toHaveLength(4);
});

test("shares of several machines are the whole, and none is played twice", () => {
  const shares = [1, 2, 3].flatMap((part) => leftToPlay(pieces, { part, of: 3 }, () => "newer"));
  expect(namesOf(shares).toSorted()).toEqual(namesOf(pieces).toSorted());
});

test.each([
  ["1/1", { part: 1, of: 1 }],
  ["3/5", { part: 3, of: 5 }],
  ["0/5", undefined],
  ["6/5", undefined],
  ["1/0", undefined],
  ["x", undefined],
  ["1/5/2", undefined],
])("the share %j is read as %o", (text, share) => {
  expect(readShare(text)).toEqual(share);
});

test("parts are numbered in the order of files", () => {
  const names = numberShards(100);
  expect([names[0], names[99], names.toSorted().join()]).toEqual(["001", "100", names.join()]);
});
