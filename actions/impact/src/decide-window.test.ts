import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseImpactWindows, type IncidentTimes } from "./decide-window.ts";

const at = (time: string) => Date.parse(`2026-11-${time}:00Z`);
const HOUR = 3_600_000;
const text = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((instant) => new Date(instant).toISOString().slice(8, 16)).join(" to ");
const incidentOf = (times: IncidentTimes, now: number, hours = 24) =>
  text(chooseImpactWindows(times, now, hours, "previous-week").incident);

describe("the hours of an incident", () => {
  it("begin at its first error and end a little before now, while they fill", () => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10") };
    expect(incidentOf(times, at("20T18:03"))).toBe("20T12:00 to 20T17:55");
  });

  it("end when they are full", () => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10") };
    expect(incidentOf(times, at("23T18:00"))).toBe("20T12:00 to 21T12:00");
  });

  it("are the hour before now while the incident is younger than an hour", () => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10") };
    expect(incidentOf(times, at("20T12:11"))).toBe("20T11:05 to 20T12:05");
  });

  it("hold too little of it until half an hour can be counted", () => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10") };
    const early = (now: string) => chooseImpactWindows(times, at(now), 24, "previous-week").early;
    expect([early("20T12:11"), early("20T12:34")]).toEqual([
      { until: at("20T12:35") },
      { until: at("20T12:35") },
    ]);
    expect([early("20T12:35"), early("20T18:00")]).toEqual([undefined, undefined]);
  });

  it("hold too little for ever where a fix ended it sooner", () => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10"), fixedAt: at("20T12:20") };
    expect(chooseImpactWindows(times, at("20T18:00"), 24, "previous-week").early).toEqual({ until: null });
  });

  it("are those up to acceptance where the incident smouldered for longer", () => {
    const times = { firstSeen: at("01T00:00"), acceptedAt: at("20T12:11") };
    expect(incidentOf(times, at("22T00:00"))).toBe("19T12:05 to 20T12:05");
  });

  it.each([
    ["20T15:02", "20T12:00 to 20T15:00"],
    ["20T12:20", "20T11:20 to 20T12:20"],
    ["20T11:00", "20T11:00 to 20T12:00"],
  ])("end at %s, when production has a fix", (fixedAt, hours) => {
    const times = { firstSeen: at("20T12:02"), acceptedAt: at("20T12:10"), fixedAt: at(fixedAt) };
    expect(incidentOf(times, at("20T18:03"))).toBe(hours);
    expect(chooseImpactWindows(times, at("20T18:03"), 24, "previous-week").isFull).toBe(true);
  });

  it("begin at acceptance where nobody knows the first error", () => {
    expect(incidentOf({ firstSeen: undefined, acceptedAt: at("20T12:11") }, at("20T20:00"))).toBe(
      "20T12:10 to 20T19:55",
    );
  });
});

describe("the baseline", () => {
  const times = { firstSeen: at("20T12:00"), acceptedAt: at("20T12:10") };
  const now = at("20T18:05");

  it("is the same hours a week before", () => {
    expect(text(chooseImpactWindows(times, now, 24, "previous-week").baseline)).toBe("13T12:00 to 13T18:00");
  });

  it("is the hours right before, if that is asked for", () => {
    expect(text(chooseImpactWindows(times, now, 24, "previous-window").baseline)).toBe(
      "20T06:00 to 20T12:00",
    );
  });
});

describe("for every incident, clock and length", () => {
  const instants = fc.integer({ min: at("01T00:00"), max: at("30T00:00") });
  const cases = fc.record({
    firstSeen: fc.option(instants, { nil: undefined }),
    acceptedAt: instants,
    now: instants,
    hours: fc.integer({ min: 1, max: 168 }),
    baseline: fc.constantFrom("previous-week", "previous-window"),
  });
  const each = (
    check: (windows: ReturnType<typeof chooseImpactWindows>, now: number, hours: number) => void,
  ) =>
    fc.assert(
      fc.property(cases, ({ firstSeen, acceptedAt, now, hours, baseline }) =>
        check(chooseImpactWindows({ firstSeen, acceptedAt }, now, hours, baseline), now, hours),
      ),
    );

  it("both windows are equally long, an hour at least and the length asked for at most", () =>
    each(({ incident, baseline }, _, hours) => {
      const length = incident.to - incident.from;
      expect(baseline.to - baseline.from).toBe(length);
      expect(length).toBeGreaterThanOrEqual(HOUR);
      expect(length).toBeLessThanOrEqual(hours * HOUR);
    }));

  it("the baseline ends before the incident's window begins", () =>
    each(({ incident, baseline }) => {
      expect(baseline.to).toBeLessThanOrEqual(incident.from);
    }));

  it("nothing younger than five minutes is counted", () =>
    each(({ incident }, now) => {
      expect(incident.to).toBeLessThanOrEqual(now - 5 * 60_000);
    }));

  it("a full window stays where it is as time goes on", () =>
    fc.assert(
      fc.property(cases, ({ firstSeen, acceptedAt, now, hours, baseline }) => {
        const times = { firstSeen, acceptedAt: Math.min(acceptedAt, now) };
        const windows = chooseImpactWindows(times, now, hours, baseline);
        if (windows.isFull)
          expect(chooseImpactWindows(times, now + 50 * HOUR, hours, baseline)).toEqual(windows);
      }),
    ));
});
