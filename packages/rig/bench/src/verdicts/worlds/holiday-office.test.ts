import { BUCKET } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { isInOffice } from "./hours.ts";
import { allReleases, drawMany, drawOne, expectNear, ratePerHourIn, total } from "./testing/measure.ts";

const HOLIDAY = "the segment with the errors is on holiday";
const FRIDAY = "office hours, deployed on Friday at 17:00";

describe("a segment on holiday", () => {
  test.each(["its operation is counted", "the project is counted"])(
    "takes the errors along while 70 %% of all traffic stays; %s",
    (counted) => {
      const worlds = drawMany(`${HOLIDAY}, ${counted}`);
      expectNear(ratePerHourIn(worlds, 0, 240) / ratePerHourIn(worlds, -168, 0), 0.02, 0.3);
      const project = worlds[0]?.traffic.project;
      const all = project ? allReleases(project) : [];
      expect((all.at(-1) ?? 0) / (all[0] ?? 1)).toBeCloseTo(0.7, 1);
    },
  );

  test("shows in the traffic of its operation, where that is counted", () => {
    const world = drawOne(`${HOLIDAY}, its operation is counted`);
    const operation = world.traffic.operation;
    expect(operation && (operation.new.at(-1) ?? 0) / (operation.old[0] ?? 1)).toBeCloseTo(0.02, 6);
    const unknown = drawOne(`${HOLIDAY}, the project is counted`);
    expect(unknown.traffic.operation).toBeNull();
  });
});

describe("office hours", () => {
  const worlds = drawMany(FRIDAY);

  test("have all of the errors, at the rate in the mean of a week", () => {
    for (const { events, start } of worlds.slice(0, 5)) {
      const outside = allReleases(events).filter((_, i) => !isInOffice(start + i * BUCKET));
      expect(total(outside)).toBe(0);
    }
    expectNear(ratePerHourIn(worlds, -168, 0), 5, 0.04);
  });

  test("end with the deploy on Friday, so the next error is of Monday", () => {
    expect(ratePerHourIn(worlds, 0, 64)).toBe(0);
    expect(ratePerHourIn(worlds, 64, 65)).toBeGreaterThan(15);
  });

  test("do not show in the project's traffic, which continues at night", () => {
    const project = worlds[0]?.traffic.project;
    const traffic = project ? allReleases(project) : [];
    expect(Math.min(...traffic)).toBeGreaterThan(1);
  });

  test("may be known since Tuesday morning only", () => {
    const world = drawOne(`${FRIDAY}, known since Tuesday`);
    const began = new Date(world.start + (world.onset ?? 0) * BUCKET);
    expect([began.getUTCDay(), began.getUTCHours()]).toEqual([2, 9]);
  });
});
