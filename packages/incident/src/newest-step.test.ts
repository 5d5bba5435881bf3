import { describe, expect, it } from "vitest";
import {
  attemptRecord,
  incidentOf,
  incidentRecord,
  minutesAfter,
  recoveryRecord,
  START,
} from "./testing/incidents.ts";

describe("the step that an open incident owes its phase to", () => {
  it("is the newest of any record", () => {
    const attempts = [attemptRecord({ phase: "verifying", phaseAt: minutesAfter(30) })];
    const recoveries = [recoveryRecord({ phase: "requeued", phaseAt: minutesAfter(90) })];
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(60), reason: "x" };
    expect(incidentOf({ attempts, recoveries, dispatch }).phase).toBe("requeued");
  });

  it("is its acceptance where it was accepted again after dispatch gave it up", () => {
    const incident = incidentRecord({ phaseAt: minutesAfter(30) });
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(20), reason: "x" };
    expect(incidentOf({ incident, dispatch }).phase).toBe("accepted");
  });

  it("is of a kind that is written early where that is newer", () => {
    const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(60), reason: "x" };
    const attempts = [attemptRecord({ phaseAt: minutesAfter(30) })];
    expect(incidentOf({ dispatch, attempts }).phase).toBe("needs-human");
  });

  it("is the attempt of a verdict where it moved after the verdict", () => {
    const recoveries = [recoveryRecord({ phase: "requeued", attempt: 1 })];
    const attempts = [attemptRecord({ phase: "needs-human", phaseAt: minutesAfter(90) })];
    expect(incidentOf({ recoveries, attempts }).phase).toBe("needs-human");
  });

  it("is the last of several attempts after a verdict, whatever the clock of those before it said", () => {
    const recoveries = [recoveryRecord({ phase: "requeued", attempt: 1 })];
    const second = attemptRecord({ attempt: 2, phase: "requeued", phaseAt: minutesAfter(200) });
    const third = attemptRecord({ attempt: 3, phase: "proposed", phaseAt: minutesAfter(120) });
    expect(incidentOf({ recoveries, attempts: [second, third] }).phase).toBe("proposed");
  });

  it("is older than any other where its time is none", () => {
    const attempts = [attemptRecord({ phase: "proposed", phaseAt: "yesterday" })];
    expect(incidentOf({ attempts }).phase).toBe("accepted");
  });

  it("is of the later kind where two bear the same time", () => {
    const at = { phaseAt: START };
    const dispatch = { phase: "needs-human" as const, ...at, reason: "x" };
    const attempts = [attemptRecord({ phase: "working", ...at })];
    const recoveries = [recoveryRecord({ phase: "verifying", ...at })];
    expect(incidentOf({ dispatch }).phase).toBe("needs-human");
    expect(incidentOf({ dispatch, attempts }).phase).toBe("working");
    expect(incidentOf({ dispatch, attempts, recoveries }).phase).toBe("verifying");
  });

  it("is the later attempt in a tie, in whatever order their comments stand", () => {
    const first = attemptRecord({ attempt: 1, phase: "requeued" });
    const second = attemptRecord({ attempt: 2, phase: "working" });
    expect(incidentOf({ attempts: [first, second] }).phase).toBe("working");
    expect(incidentOf({ attempts: [second, first] }).phase).toBe("working");
  });

  it("is the later attempt where an earlier one ended by a clock that was ahead", () => {
    const first = attemptRecord({ attempt: 1, phase: "requeued", phaseAt: minutesAfter(90) });
    const second = attemptRecord({ attempt: 2, phase: "proposed", phaseAt: minutesAfter(45) });
    expect(incidentOf({ attempts: [first, second] }).phase).toBe("proposed");
  });

  it("is the attempt after a verdict where the attempt before it ended by a clock that was ahead", () => {
    const recoveries = [recoveryRecord({ phase: "requeued", attempt: 1, phaseAt: minutesAfter(30) })];
    const first = attemptRecord({ attempt: 1, phase: "verifying", phaseAt: minutesAfter(90) });
    const second = attemptRecord({ attempt: 2, phase: "proposed", phaseAt: minutesAfter(45) });
    expect(incidentOf({ recoveries, attempts: [first, second] }).phase).toBe("proposed");
  });

  it("is the attempt that a verdict calls for in a tie with the verdict, and the verdict in one with its own attempt", () => {
    const phaseAt = minutesAfter(100);
    const recoveries = [recoveryRecord({ phase: "requeued", attempt: 1, phaseAt })];
    const first = attemptRecord({ attempt: 1, phase: "verifying", phaseAt });
    const second = attemptRecord({ attempt: 2, phase: "working", phaseAt });
    expect(incidentOf({ attempts: [first], recoveries }).phase).toBe("requeued");
    expect(incidentOf({ attempts: [first, second], recoveries }).phase).toBe("working");
  });

  it("is found by times, not their spelling", () => {
    const incident = incidentRecord({ phaseAt: "2026-11-21T09:00:00Z" });
    const attempts = [attemptRecord({ phaseAt: "2026-11-21T09:00:00.500Z" })];
    expect(incidentOf({ incident, attempts }).phase).toBe("working");
  });

  it("is nothing that an earlier episode left behind", () => {
    const incident = incidentRecord({ episode: 2, phaseAt: minutesAfter(100) });
    const attempts = [attemptRecord({ phase: "needs-human", phaseAt: minutesAfter(200) })];
    const recoveries = [recoveryRecord({ phase: "recovered", phaseAt: minutesAfter(200) })];
    expect(incidentOf({ incident, attempts, recoveries })).toMatchObject({ phase: "accepted", episode: 2 });
  });
});
