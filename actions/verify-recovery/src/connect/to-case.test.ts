import { nameAction } from "@patchpilot/owner";
import { describe, expect, test } from "vitest";
import { ACCEPTED, anIncident, hoursLater } from "../testing/incidents.ts";
import { describeEnded, toCase } from "./to-case.ts";

const recovery = (more: object = {}) => ({
  phase: "recovered",
  phaseAt: hoursLater(30),
  episode: 1,
  decision: "close",
  verdict: "recovered",
  decidedAt: hoursLater(30),
  closedAt: hoursLater(30),
  ...more,
});
const reopening = recovery({
  phase: "accepted",
  phaseAt: hoursLater(60),
  decision: "reopen",
  closedAt: undefined,
  numbers: { facts: { close: { at: Date.parse(hoursLater(30)) } } },
});

describe("an incident as it is served", () => {
  test("begins with its acceptance, and its errors with the first one", () => {
    const [subject] = toCase(anIncident({ incident: { firstSeen: hoursLater(-5) } }), null);
    expect(subject).toMatchObject({
      acceptedAt: Date.parse(ACCEPTED),
      onset: Date.parse(hoursLater(-5)),
      episode: 1,
      previous: null,
    });
  });

  test("that was reopened here begins with the reopening, and its errors with the close that was wrong", () => {
    const [subject] = toCase(anIncident({ recoveries: [reopening] }), null);
    expect(subject).toMatchObject({
      phase: "accepted",
      episode: 2,
      acceptedAt: Date.parse(hoursLater(60)),
      onset: Date.parse(hoursLater(30)),
      attempts: 0,
      previous: null,
    });
  });

  test("that intake accepted again begins with that, and its errors with the close before", () => {
    const incident = { episode: 2, acceptedAt: hoursLater(70), phaseAt: hoursLater(70) };
    const [subject] = toCase(anIncident({ incident, recoveries: [recovery()] }), null);
    expect(subject).toMatchObject({
      acceptedAt: Date.parse(hoursLater(70)),
      onset: Date.parse(hoursLater(30)),
    });
  });

  test("counts the attempts of its episode only", () => {
    const attempts = [1, 2].map((attempt) => ({
      attempt,
      episode: attempt,
      phase: "working",
      phaseAt: ACCEPTED,
    }));
    const [subject] = toCase(anIncident({ attempts, recoveries: [reopening] }), null);
    expect(subject?.attempts).toBe(1);
  });
});

describe("what is not this action's to decide", () => {
  const closed = { open: false, closedAt: hoursLater(31) };

  test("is what a person closed", () => {
    expect(toCase(anIncident({}, closed), null)).toEqual([]);
  });

  test("is a reopening that was decided and not carried out", () => {
    expect(toCase(anIncident({ recoveries: [reopening] }, closed), null)).toEqual([]);
  });

  test("is what a person reopened after this action closed it, until another fix is merged", () => {
    const reopened = anIncident({ recoveries: [recovery()] }, { reopenedAt: hoursLater(40) });
    const mergedAt = (hours: number) => ({
      commit: "f1",
      at: Date.parse(hoursLater(hours)),
      attempt: 1,
      pullRequest: 2,
    });
    expect(toCase(reopened, mergedAt(20))).toEqual([]);
    expect(toCase(reopened, mergedAt(50))).toMatchObject([{ phase: "needs-human" }]);
  });

  test("is not what this action closed: that is looked at again", () => {
    expect(toCase(anIncident({ recoveries: [recovery()] }, closed), null)).toMatchObject([
      { phase: "recovered" },
    ]);
  });
});

describe("of an incident that is not served it is said that", () => {
  test("it has ended", () => {
    const closed = anIncident({ recoveries: [recovery()] }, { open: false });
    expect(describeEnded(closed)).toEqual([expect.stringContaining("has ended (recovered)")]);
  });

  test("intake takes it up anew where somebody reopened it", () => {
    const reopened = anIncident({ recoveries: [recovery()] });
    expect(describeEnded(reopened)).toEqual([expect.stringContaining(`run \`${nameAction("intake")}\``)]);
  });
});
