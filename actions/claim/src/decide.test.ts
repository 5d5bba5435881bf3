import { OUTCOMES } from "@patchpilot/incident";
import { workOrderOf } from "@patchpilot/incident/testing";
import type { Gate } from "@patchpilot/ledger";
import { describe, expect, it } from "vitest";
import { type ClaimFacts, decide } from "./decide.ts";

const RUN = { id: "500", attempt: 2 };
const gate = (state: "working" | "publishing", run: string, runAttempt: number): Gate => ({
  state: "present",
  oid: "g1",
  fact: { state, run, runAttempt },
});
const decided = (changes: Partial<ClaimFacts> = {}) =>
  decide({
    order: workOrderOf(),
    selected: true,
    issue: { open: true, held: false },
    claimed: true,
    gate: { state: "absent" },
    run: RUN,
    stopped: false,
    ...changes,
  });

describe("a run passes the gate", () => {
  it("where nobody has", () => {
    expect(decided()).toEqual({ kind: "pass" });
  });

  it.each(["working", "publishing"] as const)("where an earlier attempt of the same run is %s", (state) => {
    expect(decided({ gate: gate(state, "500", 1) })).toEqual({ kind: "pass" });
  });

  it("where it passed already", () => {
    expect(decided({ gate: gate("working", "500", 2) })).toEqual({ kind: "pass" });
  });

  it("where the incident lives in a repository that it may not read", () => {
    expect(decided({ issue: undefined, claimed: undefined })).toEqual({ kind: "pass" });
  });
});

describe("a run stands back", () => {
  const closed = OUTCOMES.map((outcome): [string, Partial<ClaimFacts>, RegExp] => [
    `the attempt is over: ${outcome}`,
    { gate: { state: "present", oid: "g1", fact: { state: "closed", outcome, at: "" } } },
    /is over/,
  ]);

  it.each<[string, Partial<ClaimFacts>, RegExp]>([
    ["the kill switch is on", { stopped: true }, /`stop` is set/],
    ["`issues` names others", { selected: false }, /does not name #12/],
    ["the issue is closed", { issue: { open: false, held: false } }, /#12 is closed/],
    ["a person holds the issue", { issue: { open: true, held: true } }, /patchpilot:hold/],
    ["another run has passed", { gate: gate("working", "501", 1) }, /run 501/],
    ["another run is publishing", { gate: gate("publishing", "501", 1) }, /run 501/],
    [
      "a later attempt of the same run has passed",
      { gate: gate("working", "500", 3) },
      /attempt 3 of this run/,
    ],
    ...closed,
  ])("where %s", (_why, changes, reason) => {
    expect(decided(changes)).toEqual({ kind: "stand-back", reason: expect.stringMatching(reason) });
  });
});

describe("a work order is refused", () => {
  it("where no claim names its attempt", () => {
    expect(decided({ claimed: false })).toMatchObject({ kind: "refuse" });
  });

  it("where its gate is not one that we wrote", () => {
    expect(decided({ gate: { state: "unreadable", oid: "g1" } })).toMatchObject({ kind: "refuse" });
  });
});
