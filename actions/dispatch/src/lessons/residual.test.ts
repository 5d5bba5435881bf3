import { incidentOf, recoveryRecord } from "@patchpilot/incident/testing";
import { expect, it } from "vitest";
import { measureResidual } from "./residual.ts";

const judged = (numbers: unknown) =>
  incidentOf({
    recoveries: [recoveryRecord({ decision: "retry", verdict: "failing", attempt: 1, numbers })],
  });
const summary = { active0: 30, events0: 60, known0: 120, E0: 1000, c: 10, events: 20, known: 80, E: 500 };

it("tells the errors before and after, and what is left for the same traffic", () => {
  expect(measureResidual(judged({ facts: { errors: { state: "counted", summary } } }), 1)).toEqual({
    verdict: "failing",
    unit: "errors per hour",
    before: 6,
    after: 3,
    left: 0.667,
  });
});

it("tells p95 of a slow operation", () => {
  const { after, unit } = measureResidual(judged({ facts: { latency: { summary: { p95: 900 } } } }), 1) ?? {};
  expect([after, unit]).toEqual([900, "p95 in ms"]);
});

it.each([[undefined], ["old"], [{ facts: { errors: { state: "unknown", detail: "no access" } } }]])(
  "invents no number where the record holds %j",
  (numbers) => {
    expect(measureResidual(judged(numbers), 1)).toEqual({ verdict: "failing" });
  },
);

it("divides by nothing where there was no traffic", () => {
  const errors = { summary: { ...summary, known: 0, E: 0 } };
  expect(measureResidual(judged({ facts: { errors } }), 1)).toMatchObject({
    before: 6,
    after: null,
    left: null,
  });
});

it("says no rate where an earlier record counts slots alone", () => {
  const { events0: _, events: __, ...slots } = summary;
  expect(measureResidual(judged({ facts: { errors: { summary: slots } } }), 1)).toMatchObject({
    before: null,
    after: null,
    left: 0.667,
  });
});

it("is none of an attempt that the verdict is not about", () => {
  expect(measureResidual(judged({}), 2)).toBeUndefined();
});
