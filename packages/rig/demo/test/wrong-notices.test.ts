import { expect, test } from "vitest";
import { findWrongNotices } from "./support/wrong-notices.ts";

const at = "2026-03-02T18:00:00Z";
const said = {
  at,
  number: 1,
  action: "created",
  mentions: true,
  turn: { key: "review/a1", reminder: 0 },
} as const;
const record = { at, number: 1, action: "created", mentions: false } as const;

test("one comment a turn, with a mention, and records without one are right", () => {
  expect(
    findWrongNotices({ untilEnd: [record, said, { ...record, action: "edited" }], later: [record] }),
  ).toEqual([]);
});

test.each([
  ["a turn that is said twice", { untilEnd: [said, said], later: [] }],
  ["a turn without a mention", { untilEnd: [{ ...said, mentions: false }], later: [] }],
  ["a mention that announces nothing", { untilEnd: [{ ...record, mentions: true }], later: [] }],
  [
    "a tick that says it again",
    { untilEnd: [said], later: [{ ...said, turn: { ...said.turn, reminder: 1 } }] },
  ],
])("%s is found", (_, written) => {
  expect(findWrongNotices(written)).toHaveLength(1);
});
