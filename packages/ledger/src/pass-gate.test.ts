import { describe, expect, it, vi } from "vitest";
import type { Gate } from "./gates.ts";
import { passGate, viewGate } from "./pass-gate.ts";

const RUN = { id: "500", attempt: 2 };
const ABSENT: Gate = { state: "absent" };
const gate = (state: "working" | "publishing", run: string, runAttempt: number): Gate => ({
  state: "present",
  oid: "g1",
  fact: { state, run, runAttempt },
});
const CLOSED: Gate = { state: "present", oid: "g1", fact: { state: "closed", outcome: "failed", at: "" } };

describe("a gate is, for one run attempt,", () => {
  it.each<[string, Gate, object]>([
    ["absent", ABSENT, { kind: "absent" }],
    ["unreadable", { state: "unreadable", oid: "g1" }, { kind: "unreadable" }],
    ["its own", gate("working", "500", 2), { kind: "own" }],
    ["its own after an earlier attempt of the run", gate("publishing", "500", 1), { kind: "own" }],
    ["a later attempt's", gate("working", "500", 3), { reason: "attempt 3 of this run works on it" }],
    ["another run's", gate("working", "501", 1), { reason: "run 501 works on this attempt" }],
    ["closed", CLOSED, { reason: "the attempt is over: failed" }],
  ])("%s", (_, seen, view) => {
    expect(viewGate(seen, RUN)).toMatchObject(view);
  });
});

/** Passes a gate that shows `seen`, one read after the other, and answers every write alike. */
async function pass(
  state: "working" | "publishing",
  seen: Gate[],
  answer: { readonly state: "done" | "refused" | "unknown"; readonly message: string },
) {
  const [known = ABSENT, ...reads] = seen;
  const write = vi.fn(async () => answer);
  const judge = (read: Gate) => (read === CLOSED ? "over" : undefined);
  const read = async () => reads.shift() ?? ABSENT;
  const passage = await passGate(known, { state, run: "500", runAttempt: 2 }, { judge, write, read });
  return { passage, writes: write.mock.calls.length };
}

const LOST = { state: "unknown", message: "timeout" } as const;
const DONE = { state: "done", message: "" } as const;
const PASSED = { state: "passed" };

describe("a run passes its gate", () => {
  it.each<[string, "working" | "publishing", Gate]>([
    ["it says `working` for this run attempt", "working", gate("working", "500", 2)],
    ["it says `publishing` already, which comes after `working`", "working", gate("publishing", "500", 2)],
    ["it says `publishing` for this run attempt", "publishing", gate("publishing", "500", 2)],
  ])("without a write if %s", async (_, state, seen) => {
    expect(await pass(state, [seen], DONE)).toEqual({ passage: PASSED, writes: 0 });
  });

  it.each<[string, "working" | "publishing", Gate]>([
    ["it is absent", "working", ABSENT],
    ["it names an earlier attempt of the run", "working", gate("working", "500", 1)],
    ["it says `working` and this run will publish", "publishing", gate("working", "500", 2)],
  ])("with one write if %s", async (_, state, seen) => {
    expect(await pass(state, [seen], DONE)).toEqual({ passage: PASSED, writes: 1 });
  });

  it("if the third write arrived, although every reply was lost", async () => {
    const seen = [ABSENT, ABSENT, ABSENT, gate("working", "500", 2)];
    expect(await pass("working", seen, LOST)).toEqual({ passage: PASSED, writes: 3 });
  });
});

describe("a run does not pass its gate", () => {
  it("if what it reads after the third lost reply bars it", async () => {
    const { passage } = await pass("working", [ABSENT, ABSENT, ABSENT, CLOSED], LOST);
    expect(passage).toEqual({ state: "barred", bar: "over" });
  });

  it.each([LOST, { state: "refused", message: "no" } as const])("after three answers %j", async (answer) => {
    expect(await pass("working", [], answer)).toEqual({ passage: answer, writes: 3 });
  });
});
