import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptsOfEpisode, findCommand, foldIncident, isHeld, isPhase } from "./incident.ts";
import { PHASES } from "./phases.ts";
import {
  attemptRecord,
  incidentOf,
  incidentRecord,
  issueFacts,
  minutesAfter,
  recordsOf,
  recoveryRecord,
  START,
} from "./testing/incidents.ts";

describe("the fold of an open issue", () => {
  it("is no incident without an `incident` record, whatever else is written on it", () => {
    expect(incidentOf({ incident: undefined, attempts: [attemptRecord()] })).toMatchObject({
      phase: undefined,
      episode: 0,
    });
  });

  it("begins where it was accepted", () => {
    expect(incidentOf()).toMatchObject({ phase: "accepted", episode: 1 });
  });

  it("asks a person where the issue was reopened without a word", () => {
    const recoveries = [recoveryRecord({ phase: "recovered" })];
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(61) }).phase).toBe("needs-human");
    const reopenedBy = { type: "Bot", id: 39604003, login: "sentry" };
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(61), reopenedBy }).phase).toBe("recovered");
  });

  it("goes on verifying where a recovery is recorded and its close never came", () => {
    const recoveries = [recoveryRecord({ phase: "recovered" })];
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(30) }).phase).toBe("verifying");
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(60) }).phase).toBe("verifying");
  });

  it("asks someone where a bot reopened what was done, for nothing was measured", () => {
    const recoveries = [recoveryRecord({ phase: "done" })];
    const reopenedBy = { type: "Bot", id: 39604003, login: "sentry" };
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(61), reopenedBy }).phase).toBe(
      "needs-human",
    );
  });

  it("asks someone where it says that it was dismissed", () => {
    expect(incidentOf({ incident: incidentRecord({ phase: "dismissed" }) }).phase).toBe("needs-human");
  });
});

describe("a recovery that turned out to be none", () => {
  const reopening = recoveryRecord({ decision: "reopen", phase: "accepted", phaseAt: minutesAfter(90) });
  const spent = attemptRecord({ phase: "verifying", phaseAt: minutesAfter(95) });
  const dispatch = { phase: "needs-human" as const, phaseAt: minutesAfter(20), reason: "x" };

  it("begins the next episode, in which nothing of the one before counts", () => {
    const incident = incidentOf({ recoveries: [reopening], attempts: [spent], dispatch });
    expect(incident).toMatchObject({ phase: "accepted", episode: 2 });
  });

  it("goes on with what the next episode brings", () => {
    const next = attemptRecord({ attempt: 2, episode: 2, phase: "working", phaseAt: minutesAfter(100) });
    expect(incidentOf({ recoveries: [reopening], attempts: [spent, next] })).toMatchObject({
      phase: "working",
      episode: 2,
    });
  });

  it("may be the second one: the newest counts", () => {
    const second = { ...reopening, episode: 2, phaseAt: minutesAfter(180) };
    expect(incidentOf({ recoveries: [reopening, second] }).episode).toBe(3);
  });

  it("counts once, whoever else accepted the incident again", () => {
    const incident = incidentRecord({ episode: 2, phaseAt: minutesAfter(91) });
    expect(incidentOf({ incident, recoveries: [reopening] })).toMatchObject({
      phase: "accepted",
      episode: 2,
    });
  });

  it("stays recovered until the issue is reopened in fact", () => {
    const closed = { open: false, closedAt: minutesAfter(70) };
    expect(incidentOf({ recoveries: [reopening] }, closed)).toMatchObject({ phase: "recovered", episode: 1 });
  });

  it("is dismissed where a person closes the issue after it", () => {
    const closed = { open: false, closedAt: minutesAfter(120) };
    expect(incidentOf({ recoveries: [reopening] }, closed)).toMatchObject({ phase: "dismissed", episode: 2 });
  });
});

describe("the fold of a closed issue", () => {
  it("is recovered where the last step says so", () => {
    expect(incidentOf({ recoveries: [recoveryRecord({ phase: "recovered" })] }, { open: false }).phase).toBe(
      "recovered",
    );
  });

  it("is done where nothing was measured, and a person's again once it is reopened", () => {
    const recoveries = [recoveryRecord({ phase: "done", phaseAt: minutesAfter(10) })];
    expect(incidentOf({ recoveries }, { open: false }).phase).toBe("done");
    expect(incidentOf({ recoveries }).phase).toBe("verifying");
    expect(incidentOf({ recoveries }, { reopenedAt: minutesAfter(20) }).phase).toBe("needs-human");
  });

  it.each(PHASES.filter((phase) => phase !== "recovered" && phase !== "done"))(
    "is dismissed where it was %s",
    (phase) => {
      expect(incidentOf({ incident: incidentRecord({ phase }) }, { open: false }).phase).toBe("dismissed");
    },
  );
});

describe("the fold of anything", () => {
  const attempt = fc.record({
    attempt: fc.integer({ min: 1, max: 9 }),
    episode: fc.integer({ min: 1, max: 3 }),
    phase: fc.constantFrom(...PHASES),
    phaseAt: fc.integer({ min: 0, max: 5 }).map(minutesAfter),
  });
  const attempts = fc.uniqueArray(attempt, { selector: (each) => each.attempt, maxLength: 6 });

  it("does not depend on the order of the records", () => {
    fc.assert(
      fc.property(attempts, (changes) => {
        const records = changes.map(attemptRecord);
        const there = recordsOf({ attempts: records });
        const back = recordsOf({ attempts: [...records].reverse() });
        expect(foldIncident(issueFacts(), there).phase).toBe(foldIncident(issueFacts(), back).phase);
      }),
    );
  });

  it("is closed exactly where the issue is", () => {
    fc.assert(
      fc.property(attempts, fc.boolean(), (changes, open) => {
        const { phase } = incidentOf({ attempts: changes.map(attemptRecord) }, { open });
        expect(["recovered", "done", "dismissed"].includes(phase ?? "")).toBe(!open);
      }),
    );
  });
});

describe("what else is read off an incident", () => {
  it("is the attempts of its episode, oldest first", () => {
    const incident = incidentRecord({ episode: 2 });
    const attempts = [3, 1, 2].map((attempt) => attemptRecord({ attempt, episode: attempt === 1 ? 1 : 2 }));
    expect(attemptsOfEpisode(incidentOf({ incident, attempts })).map((each) => each.attempt)).toEqual([2, 3]);
  });

  it("is a command that is on the issue", () => {
    const event = { command: "retry", eventId: "LE_1", at: START, actor: null } as const;
    const issue = issueFacts({ commands: [event] });
    expect([findCommand(issue, "retry"), findCommand(issue, "take-on")]).toEqual([event, undefined]);
  });

  it("is whether somebody holds it, by the label alone", () => {
    expect(isHeld({ labels: ["bug", "patchpilot:hold"] })).toBe(true);
    expect(isHeld({ labels: ["bug", "hold"] })).toBe(false);
  });

  it("is whether a text names a phase", () => {
    expect(["working", "hold", "toString"].map(isPhase)).toEqual([true, false, false]);
  });
});
