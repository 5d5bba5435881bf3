import type { IncidentRecord } from "@patchpilot/incident";
import { attemptRecord, incidentOf, incidentRecord, recoveryRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { intent } from "../testing/claims.ts";
import { factsOf } from "../testing/facts.ts";
import { label } from "../testing/incidents.ts";
import type { DispatchChoice } from "./choice.ts";
import type { Settlement } from "./settle.ts";
import { queueAlike } from "./turns.ts";

const claim: DispatchChoice = { kind: "claim", attempt: 1, cause: "acceptance/e1" };
const skipped: DispatchChoice = { kind: "skip", reason: "in-flight", detail: "x" };

const alike = (change: Partial<IncidentRecord> = {}) => ({
  incident: incidentRecord({ likeness: "l1", ...change }),
});

/** An incident of this run that looks like each other one here. */
function entry(
  number: number,
  choice: DispatchChoice = claim,
  parts: Parameters<typeof incidentOf>[0] = alike(),
  settlement: Settlement = { kind: "none" },
) {
  const facts = factsOf({ incident: incidentOf(parts, { number }) });
  return { settled: { facts, settlement }, choice };
}

/** What is done with each: `claim`, or why it is passed over. */
const turns = (entries: Parameters<typeof queueAlike>[0], others: Parameters<typeof queueAlike>[1] = []) =>
  queueAlike(entries, others).map(({ choice }) => (choice.kind === "skip" ? choice.reason : choice.kind));

/** One that this run only read: attempt 1 of it is in a phase. */
const other = (phase: "working" | "proposed" | "verifying" | "needs-human", live = false, issue = {}) => {
  const numbers = { facts: { deployment: { state: live ? "live" : "waiting" } } };
  const recoveries = phase === "verifying" ? [recoveryRecord({ phase, decision: "wait", numbers })] : [];
  return incidentOf(
    { ...alike(), attempts: [attemptRecord({ phase })], recoveries },
    { number: 3, ...issue },
  );
};

describe("incidents that look alike", () => {
  it("are sent one at a time, the oldest of the worst first", () => {
    const mild = alike({ severity: "medium" });
    expect(turns([entry(1, claim, mild), entry(2), entry(4)])).toEqual(["similar", "claim", "similar"]);
  });

  it("wait for one whose attempt is under way in this run", () => {
    const atWork: Settlement = { kind: "in-flight", reason: "at work" };
    expect(turns([entry(7), entry(2, skipped, alike(), atWork)])).toEqual(["similar", "in-flight"]);
  });

  it.each<Settlement>([
    { kind: "proposed" },
    { kind: "takeover", fact: intent() },
    { kind: "close", outcome: "failed", reason: "x" },
    { kind: "loss", reason: "x" },
  ])("wait for one whose attempt is not settled in this run: %j", (settlement) => {
    expect(turns([entry(7), entry(2, skipped, alike(), settlement)])).toEqual(["similar", "in-flight"]);
  });

  it("wait for one that is sent again, and it waits for none", () => {
    const again: DispatchChoice = { kind: "repeat", attempt: 1, losses: 1 };
    expect(turns([entry(7), entry(2, again)])).toEqual(["similar", "repeat"]);
    expect(turns([entry(2, again)], [other("working")])).toEqual(["repeat"]);
  });

  it("do not wait for one that is passed over with nothing under way", () => {
    expect(turns([entry(7), entry(2, skipped)])).toEqual(["claim", "in-flight"]);
  });

  it("let one go first that was begun before, even if another is older", () => {
    const begun = { ...alike(), attempts: [attemptRecord({ phase: "requeued" })] };
    expect(turns([entry(1), entry(4, claim, begun)])).toEqual(["similar", "claim"]);
    expect(turns([entry(4, claim, begun), entry(1)])).toEqual(["claim", "similar"]);
  });

  it.each(["working", "proposed", "verifying"] as const)(
    "wait for one that is %s and was only read",
    (phase) => {
      expect(turns([entry(7)], [other(phase)])).toEqual(["similar"]);
    },
  );

  it("name the one that they wait for, and until when", () => {
    expect(queueAlike([entry(7)], [other("working")])[0]?.choice).toMatchObject({
      detail: "issue 3 looks alike and is repaired first; it waits until that is live or closed",
    });
  });

  it("are judged anew once the first one's fix is live, is left to people, or is closed", () => {
    expect(turns([entry(7)], [other("verifying", true)])).toEqual(["claim"]);
    expect(turns([entry(7)], [other("needs-human")])).toEqual(["claim"]);
    expect(turns([entry(7)], [other("working", false, { open: false })])).toEqual(["claim"]);
  });

  it.each([
    ["do not wait if somebody asks for an attempt", "retry", "claim"],
    ["wait, too, if somebody only vouches for them", "take-on", "similar"],
  ] as const)("%s", (_, command, expected) => {
    const { settled, choice } = entry(7, { ...claim, cause: `label/LE_${command}` });
    const incident = { ...settled.facts.incident, commands: [label(command)] };
    const labelled = { ...settled, facts: { ...settled.facts, incident } };
    expect(turns([{ settled: labelled, choice }], [other("working")])).toEqual([expected]);
  });

  it("are known by what an older record calls its fingerprint, and by the numbers that a record names", () => {
    const older = entry(1, claim, { incident: incidentRecord({ fingerprint: "l1" }) });
    expect(turns([older, entry(2)])).toEqual(["claim", "similar"]);
    const naming = entry(2, claim, { incident: incidentRecord({ fingerprint: "f2", alike: [1] }) });
    expect(turns([entry(1, claim, { incident: incidentRecord({ fingerprint: "f1" }) }), naming])).toEqual([
      "claim",
      "similar",
    ]);
  });
});

it("incidents that do not look alike wait for nothing", () => {
  expect(turns([entry(1), entry(2, claim, alike({ likeness: "l2" }))])).toEqual(["claim", "claim"]);
  const older = { incident: incidentRecord({ fingerprint: "f1" }) };
  expect(turns([entry(1, claim, older), entry(2, claim, older)])).toEqual(["claim", "claim"]);
});
