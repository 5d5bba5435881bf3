import { explainOlder } from "@patchpilot/ledger";
import { expect, test } from "vitest";
import { type AgeJudge, playReplays } from "./play-replays.ts";

const COUNT = 60;

test("an older state is refused if a claim or gate knows a later one, and counts without them", () => {
  const { counts, faults } = playReplays(COUNT, 1);
  expect(faults).toEqual([]);
  expect(counts).toEqual({
    believed: 0,
    "control believed": COUNT,
    "refused beside": COUNT,
    "newest refused": 0,
  });
});

test.each<[string, AgeJudge, string]>([
  ["asks no ref", () => undefined, "believed"],
  ["takes every record for an older one", () => "older", "newest refused"],
  [
    "looks at the incident's record alone",
    ({ incident }, known) => {
      const { incident: seq = 0 } = known;
      return (incident?.seq ?? 0) < seq ? "older" : undefined;
    },
    "believed",
  ],
  ["forgets one of two", (records, { incident: _, ...known }) => explainOlder(records, known), "believed"],
])("a judge that %s is noticed", (_, judge, count) => {
  expect(playReplays(COUNT, 1, judge).counts[count]).toBeGreaterThan(0);
});
