import { expect, test } from "vitest";
import { factsOf } from "../testing/facts-of.ts";
import { decideLook } from "./decide-look.ts";

const OURS = factsOf({ state: "disabled_manually", updatedAt: 7, note: { state: "off", seenAt: 7 } });
const THEIRS = factsOf({ state: "disabled_manually" });
const ON = factsOf();
const NOTHING = { open: [], watched: [] };
const OPEN = { open: [12], watched: [] };
const WATCHED = { open: [], watched: [12] };
const INACTIVE = factsOf({ state: "disabled_inactivity" });

test.each([
  ["nothing is open and the workflow is on", ON, NOTHING, "off"],
  ["nothing is open and it is off", OURS, NOTHING, ""],
  ["nothing is open and someone else switched it off", THEIRS, NOTHING, ""],
  ["an incident is open and it is on", ON, OPEN, ""],
  ["an incident is open, it is on and the note says off", factsOf({ note: { state: "off" } }), OPEN, ""],
  ["an incident is open and we switched it off", OURS, OPEN, "on"],
  ["an incident is freshly closed and we switched it off", OURS, WATCHED, "on"],
  ["an incident is open and someone else switched it off", THEIRS, OPEN, ""],
  ["an incident is open and GitHub disabled it as inactive", INACTIVE, OPEN, "on"],
  ["nothing is open and GitHub disabled it as inactive", INACTIVE, NOTHING, ""],
  ["an incident is open in a fork", factsOf({ state: "disabled_fork" }), OPEN, ""],
] as const)("if %s, a sweep finds this due", (_, facts, work, due) => {
  expect(decideLook(facts, work, true).due).toBe(due);
});

test.each([
  ["on is due even if it is on: a sweep may be about to switch it off", ON, OPEN, "on"],
  ["nothing is due against someone else's stop", THEIRS, OPEN, ""],
  ["off is due where nothing is open", ON, NOTHING, "off"],
] as const)("after an event, %s", (_, facts, work, due) => {
  expect(decideLook(facts, work, false).due).toBe(due);
});
