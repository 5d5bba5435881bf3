import { describe, expect, it } from "vitest";
import { MOST_AT_FIRST, roomAtFirst } from "./first-run.ts";
import type { Incident } from "./incident.ts";

const NOW = new Date("2026-03-03T08:00:00Z");
const acceptedAgo = (minutes: number): Incident =>
  ({
    records: { incident: { data: { acceptedAt: new Date(NOW.getTime() - minutes * 60_000).toISOString() } } },
  }) as Incident;

describe("the room of a first run", () => {
  it("is three where no incident is known", () => {
    expect(roomAtFirst([], NOW)).toBe(MOST_AT_FIRST);
  });

  it("shrinks by what earlier steps of the same run accepted", () => {
    expect(roomAtFirst([acceptedAgo(1), acceptedAgo(2)], NOW)).toBe(1);
  });

  it("is none once the run has accepted three or more", () => {
    expect(roomAtFirst([0, 1, 2, 3].map(acceptedAgo), NOW)).toBe(0);
  });

  it("ends with the run", () => {
    expect(roomAtFirst([acceptedAgo(1), acceptedAgo(20)], NOW)).toBe(Number.POSITIVE_INFINITY);
  });

  it("does not count an issue that carries the label and no record", () => {
    expect(roomAtFirst([{ records: {} } as Incident], NOW)).toBe(MOST_AT_FIRST);
  });
});
