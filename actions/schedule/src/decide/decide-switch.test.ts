import { expect, test } from "vitest";
import { factsOf } from "../testing/facts-of.ts";
import { decideSwitch } from "./decide-switch.ts";

const OURS = factsOf({ state: "disabled_manually", updatedAt: 7, note: { state: "off", seenAt: 7 } });
const UNSEEN = factsOf({ state: "disabled_manually", updatedAt: 7, note: { state: "off" } });
const THEIRS = factsOf({ state: "disabled_manually" });

test.each([
  ["on", "switched off by us", OURS, { kind: "on", isLifted: false }],
  [
    "on",
    "disabled by GitHub as inactive",
    factsOf({ state: "disabled_inactivity" }),
    { kind: "on", isLifted: true },
  ],
  ["on", "on already", factsOf(), { kind: "nothing", stop: "none" }],
  ["on", "on, and the note says off", factsOf({ note: { state: "off" } }), { kind: "nothing", stop: "none" }],
  ["on", "switched off by someone else", THEIRS, { kind: "nothing", stop: "theirs" }],
  ["on", "in a fork", factsOf({ state: "disabled_fork" }), { kind: "nothing", stop: "fork" }],
  ["off", "on", factsOf(), { kind: "off" }],
  [
    "off",
    "on, after an earlier stop of PatchPilot's",
    factsOf({ note: { state: "off", seenAt: 7 } }),
    { kind: "off" },
  ],
  ["off", "switched off by us", OURS, { kind: "nothing", stop: "ours" }],
  ["off", "switched off by us, which nobody saw", UNSEEN, { kind: "nothing", stop: "ours" }],
  ["off", "switched off by someone else", THEIRS, { kind: "nothing", stop: "theirs" }],
] as const)("to bring it %s, a workflow that is %s takes one step", (to, _, facts, step) => {
  expect(decideSwitch(facts, to)).toEqual(step);
});
