import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type KeptShard, keepShard, readShards } from "./kept-results.ts";
import { judgeFigure } from "./make-figure.ts";
import { showKept, sumShards } from "./sum-shards.ts";
import { brokenRaces } from "./testing/broken-races.ts";

const part = (shard: string, changes: Partial<KeptShard> = {}): KeptShard => ({
  figure: "races",
  shard,
  command: "npm run assure -- --only races --full",
  commit: "new",
  date: `2026-11-30T0${shard}:00:00.000Z`,
  minutes: 15,
  tally: { sample: 1_000, counts: { broken: 0 }, worst: {}, faults: [] },
  ...changes,
});

test("all parts of one commit make the figure, with the day of the last", () => {
  expect(sumShards(brokenRaces, [part("1"), part("2")])).toMatchObject({
    ...{ holds: true, seen: "0 | broken", sample: "2000 races", commit: "new" },
    ...{ date: "2026-11-30T02:00:00.000Z", parts: 2, ofParts: 2 },
  });
});

test("a figure of which a part is missing does not hold", () => {
  expect(sumShards(brokenRaces, [part("1")])).toMatchObject({ holds: false, parts: 1, ofParts: 2 });
});

test("a part of an older commit does not count, nor one that is no part any more", () => {
  const sum = sumShards(brokenRaces, [part("1", { commit: "old" }), part("2"), part("9")]);
  expect(sum).toMatchObject({ holds: false, sample: "1000 races", parts: 1 });
});

test("of a figure that is drawn, parts of older commits count, and it says of how many", () => {
  const drawn = { ...brokenRaces, isDrawn: true } as const;
  const older = part("1", { commit: "old", date: "2026-11-29T01:00:00.000Z" });
  expect(sumShards(drawn, [older, part("2")])).toMatchObject({
    ...{ holds: true, seen: "0 | broken; over 2 commits since 2026-11-29", sample: "2000 races" },
    ...{ commit: "new", parts: 2 },
  });
});

test("one broken race in one part is seen in the whole", () => {
  const broken = { sample: 1_000, counts: { broken: 1 }, worst: {}, faults: ["race 7"] };
  expect(sumShards(brokenRaces, [part("1"), part("2", { tally: broken })])).toMatchObject({
    holds: false,
    seen: "1 | broken",
  });
});

test("nothing that is kept is no figure", () => {
  expect(sumShards(brokenRaces, [])).toBeUndefined();
});

test("what the short form does not play is shown as kept, with its commit and day", () => {
  const shown = showKept(brokenRaces, [part("1"), part("2")]);
  expect([shown.seen, judgeFigure(shown)]).toEqual([
    "0 | broken; kept of new, 2026-11-30, not seen by this run",
    "held",
  ]);
});

test("in the short form, a kept figure that misses its goal misses it", () => {
  const broken = { sample: 1_000, counts: { broken: 1 }, worst: {}, faults: [] };
  expect(judgeFigure(showKept(brokenRaces, [part("1"), part("2", { tally: broken })]))).toBe("MISSED");
});

test("in the short form, a kept figure with parts missing is not measured, nor is one without any", () => {
  expect([[part("1")], []].map((kept) => judgeFigure(showKept(brokenRaces, kept)))).toEqual([
    "not measured",
    "not measured",
  ]);
});

test("a part that was played is found by the next run, and no half of one is left", () => {
  const folder = mkdtempSync(join(tmpdir(), "assured-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  keepShard(part("2"), folder);
  expect([...readShards("races", folder)]).toEqual([["2", part("2")]]);
  expect(readdirSync(join(folder, "races"))).toEqual(["2.json"]);
  expect(readShards("scale", folder).size).toBe(0);
});
