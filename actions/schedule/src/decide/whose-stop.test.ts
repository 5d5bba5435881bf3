import { expect, test } from "vitest";
import { factsOf } from "../testing/facts-of.ts";
import { whoseStop } from "./whose-stop.ts";

test.each([
  ["active", "none"],
  ["disabled_inactivity", "inactivity"],
  ["disabled_fork", "fork"],
  ["deleted", "deleted"],
  ["disabled_manually", "theirs"],
  ["disabled_by_the_moon", "theirs"],
])("a workflow that is %s and that PatchPilot never switched has the stop `%s`", (state, stop) => {
  expect(whoseStop(factsOf({ state }))).toBe(stop);
});

const OFF = { state: "disabled_manually", updatedAt: 500_000 } as const;

test.each([
  ["the instant that was seen", { note: { state: "off", seenAt: 500_000 } }, "ours"],
  ["a later instant", { note: { state: "off", seenAt: 400_000 } }, "theirs"],
  ["an earlier instant", { note: { state: "off", seenAt: 600_000 } }, "theirs"],
  ["an instant right behind a note that saw nothing", { note: { state: "off" }, notedAt: 495_000 }, "ours"],
  ["the second before such a note", { note: { state: "off" }, notedAt: 500_900 }, "ours"],
  ["an instant long before such a note", { note: { state: "off" }, notedAt: 560_000 }, "theirs"],
  ["an instant a minute behind such a note", { note: { state: "off" }, notedAt: 439_000 }, "theirs"],
  ["any instant, where the note says on", { note: { state: "on" }, notedAt: 499_000 }, "theirs"],
] as const)("a workflow that was switched off at %s has the stop `%s`", (_, kept, stop) => {
  expect(whoseStop(factsOf({ ...OFF, ...kept }))).toBe(stop);
});
