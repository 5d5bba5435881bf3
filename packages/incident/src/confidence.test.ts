import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConfidenceFacts, scoreConfidence } from "./confidence.ts";

const confirmed: ConfidenceFacts = {
  basis: "service",
  environmentConfirmed: true,
  projectConfirmed: true,
  crash: "mapped",
  otherFrameMapped: true,
  events: 25,
  users: 3,
  linkedBack: true,
  suspectCommit: true,
};
const score = (facts: Partial<ConfidenceFacts> = {}) => scoreConfidence({ ...confirmed, ...facts });
/** The default of `min-confidence` of dispatch. */
const GATE = 0.75;

describe("confidence", () => {
  it("is complete where everything is confirmed", () => {
    expect(score().value).toBe(1);
  });

  it("passes the gate with the service, the environment and a file", () => {
    expect(score({ events: 1, users: 1, linkedBack: false, suspectCommit: false }).value).toBe(0.9);
  });

  it("stays under the gate without a file", () => {
    expect(score({ crash: "unmapped", suspectCommit: false, otherFrameMapped: false }).value).toBeLessThan(
      GATE,
    );
    expect(score({ crash: "no-stack", suspectCommit: false, otherFrameMapped: false }).value).toBeLessThan(
      GATE,
    );
  });

  it("stays under the gate where only the issue's text speaks", () => {
    const text = {
      basis: "text",
      environmentConfirmed: null,
      events: null,
      users: null,
      linkedBack: false,
    } as const;
    expect(score({ ...text, suspectCommit: false }).value).toBe(0.55);
  });

  it("says the reason for every share", () => {
    expect(score({ environmentConfirmed: null }).reasons).toContain("the environment is unknown");
    expect(score().reasons).toContain("the crash leads to a file of this repository");
  });

  it("is always between 0 and 1", () => {
    const facts = fc.record({
      basis: fc.constantFrom("service" as const, "text" as const),
      environmentConfirmed: fc.constantFrom(true, false, null),
      projectConfirmed: fc.boolean(),
      crash: fc.constantFrom(
        "mapped" as const,
        "guessed" as const,
        "ambiguous" as const,
        "unmapped" as const,
        "no-stack" as const,
      ),
      otherFrameMapped: fc.boolean(),
      events: fc.option(fc.nat()),
      users: fc.option(fc.nat()),
      linkedBack: fc.boolean(),
      suspectCommit: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (one) => {
        const { value } = scoreConfidence(one);
        return value >= 0 && value <= 1;
      }),
    );
  });
});
