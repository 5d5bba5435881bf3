import { incidentOf, incidentRecord } from "@patchpilot/incident/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DispatchSettings } from "../facts.ts";
import { factsOf, settingsOf } from "../testing/facts.ts";
import { judgeDepth } from "./depth.ts";

const ORDER = ["observe", "plan", "draft-pr"];
const evidence = (changes: Parameters<typeof incidentRecord>[0]) =>
  factsOf({ incident: incidentOf({ incident: incidentRecord(changes) }) });
const guess = evidence({ confidence: 0.4, basis: "text" });

describe("how far a worker may go", () => {
  it.each<[string, ReturnType<typeof evidence>, Partial<DispatchSettings>, string]>([
    ["sure evidence", evidence({ confidence: 0.75 }), {}, "draft-pr"],
    ["unsure evidence", evidence({ confidence: 0.74 }), {}, "plan"],
    ["unsure evidence, planned at most", evidence({ confidence: 0.74 }), { autonomy: "plan" }, "observe"],
    ["an unsure word of Sentry's", evidence({ confidence: 0.4, basis: "service" }), {}, "plan"],
    ["a guess from an issue's text", guess, {}, "observe"],
    ["a guess that a person vouches for", { ...guess, vouchedBy: { "take-on": true } }, {}, "draft-pr"],
    ["a plan first", evidence({}), { approval: "label" }, "plan"],
  ])("with %s", (_, facts, settings, autonomy) => {
    expect(judgeDepth(facts, settingsOf(settings), {}).autonomy).toBe(autonomy);
  });

  it("is said with its reasons, and with none where nothing was lowered", () => {
    expect(judgeDepth(guess, settingsOf(), {}).reasons).toHaveLength(2);
    expect(judgeDepth(evidence({}), settingsOf(), {}).reasons).toEqual([]);
  });

  it.each([
    ["an approved plan", { plan: { attempt: 1, sha256: "a" } }],
    ["a change request", { continues: { branch: "b", pullRequest: 1, head: "c", review: "d" } }],
  ])("is not lowered for %s", (_, ground) => {
    expect(judgeDepth(guess, settingsOf({ approval: "label" }), ground).autonomy).toBe("draft-pr");
  });

  it("is never further than the input says", () => {
    const record = fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      basis: fc.constantFrom("text" as const, "service" as const),
    });
    const settings = fc.record({
      autonomy: fc.constantFrom("observe" as const, "plan" as const, "draft-pr" as const),
      approval: fc.constantFrom("none" as const, "label" as const),
    });
    fc.assert(
      fc.property(record, settings, fc.boolean(), (changes, given, accept) => {
        const { autonomy } = judgeDepth(
          { ...evidence(changes), vouchedBy: { "take-on": accept } },
          settingsOf(given),
          {},
        );
        expect(ORDER.indexOf(autonomy)).toBeLessThanOrEqual(ORDER.indexOf(given.autonomy));
      }),
    );
  });
});
