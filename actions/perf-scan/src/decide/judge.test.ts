import type { OperationTiming } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import type { SuspectOperation } from "../facts.ts";
import { inputsOf } from "../testing/fake-ports.ts";
import { judgeOperation } from "./judge.ts";
import { chooseWindows } from "./windows.ts";

const inputs = inputsOf({ "p95-threshold-ms": "10000" });
const windows = chooseWindows(new Date("2026-11-20T00:05:00Z"), inputs);
/** Judges an operation that has been `factor` times as slow for the last `hours`. */
function judgeSlowed(factor: number, hours: number) {
  const slowFrom = windows.current.to.getTime() - hours * HOUR;
  const length = (windows.history.to.getTime() - windows.history.from.getTime()) / HOUR;
  const series = Array.from({ length }, (_, index) => {
    const at = windows.history.from.getTime() + index * HOUR;
    const noise = 1 + 0.05 * Math.sin(index * 12.9898);
    return { at, samples: 100, p95: 200 * noise * (at >= slowFrom ? factor : 1), sampleRate: 1 };
  });
  const above = series.map(({ at }) => ({ at, samples: at >= slowFrom ? 30 : 10 }));
  const candidate: SuspectOperation = {
    key: "checkout",
    operation: { project: "shop", transaction: "POST /checkout", op: "http.server", description: "" },
    now: timing(200 * factor),
    before: timing(200),
    regression: null,
  };
  const all = { hours: series, partial: false, certainty: "high" as const };
  return judgeOperation(candidate, { all, above: { hours: above, partial: false } }, windows, inputs);
}

function timing(p95: number): OperationTiming {
  const certainty = "high" as const;
  return {
    count: 2_400,
    samples: 2_400,
    p50: p95 / 3,
    p75: p95 / 2,
    p90: p95 * 0.8,
    p95,
    p99: p95,
    certainty,
  };
}

describe("the hours that are judged", () => {
  it("are those since p95 jumped by half, for what came before says nothing of now", () => {
    const { hours, verdict } = judgeSlowed(2, 12);
    expect([hours.current.length, verdict]).toEqual([12, "regressed"]);
  });

  it("are the whole window where p95 rose by less, though the hour of the change is clear", () => {
    const { hours, breakpoint } = judgeSlowed(1.3, 12);
    expect([hours.current.length, breakpoint]).toEqual([24, windows.current.to.getTime() - 12 * HOUR]);
  });

  it("leave out of the baseline what was slow already", () => {
    const { hours, verdict } = judgeSlowed(2, 48);
    expect([hours.baseline.length, hours.current.length, verdict]).toEqual([144, 24, "regressed"]);
  });
});
