import { DAY } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import type { SlowOperation } from "../case.ts";
import { hoursWanted } from "./count.ts";

const NOW = Date.parse("2026-11-20T12:34:56Z");
const slowFor = (days: number) => ({ fastUntil: null, slowFrom: NOW - days * DAY }) as SlowOperation;

describe("the hours that are wanted of slow operations", () => {
  it("begin a week before the first of them was slow", () => {
    const { from, until } = hoursWanted([slowFor(3), slowFor(1)], NOW);
    expect((until - from) / DAY).toBe(10);
  });

  it("go back as far as Sentry keeps spans, also where one has been slow for years", () => {
    const { from, until } = hoursWanted([slowFor(800), slowFor(1)], NOW);
    expect((until - from) / DAY).toBe(90);
  });
});
