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

  const unknown: ConfidenceFacts = {
    basis: "text",
    environmentConfirmed: false,
    projectConfirmed: false,
    crash: "unmapped",
    otherFrameMapped: false,
    events: null,
    users: null,
    linkedBack: false,
    suspectCommit: false,
  };

  it.each<[Partial<ConfidenceFacts>, number, string]>([
    [{}, 0.2, "only the text of the GitHub issue speaks for it"],
    [{}, 0.2, "the event comes from another environment"],
    [{}, 0.2, "the project is not confirmed"],
    [{}, 0.2, "the crash leads to no file of this repository"],
    [{ basis: "service" }, 0.35, "Sentry confirmed the issue"],
    [{ environmentConfirmed: true }, 0.4, "the event comes from the environment that counts"],
    [{ projectConfirmed: true }, 0.3, "the project is one that counts"],
    [{ crash: "guessed" }, 0.35, "the crash leads to build output whose source is guessed (no source map)"],
    [{ crash: "ambiguous" }, 0.3, "the crash leads to several files of the same name"],
    [{ crash: "no-stack" }, 0.2, "there is no stack trace"],
    [{ crash: "named" }, 0.45, "the report names a file of this repository"],
    [
      { crash: "described" },
      0.2,
      "the report names no file; those that it may mean are guessed by their names",
    ],
    [{ crash: "placeless" }, 0.2, "the report names no place in the code"],
    [{ otherFrameMapped: true }, 0.28, "another frame of the stack leads to a file of this repository"],
    [{ events: 2 }, 0.23, "it happened more than once"],
    [{ users: 2 }, 0.23, "it affects more than one user"],
    [{ linkedBack: true }, 0.23, "Sentry lists this GitHub issue as linked"],
    [{ suspectCommit: true }, 0.25, "a commit since the last good release touched the stack's files"],
  ])("with %j alone is %f: %s", (facts, value, reason) => {
    const scored = scoreConfidence({ ...unknown, ...facts });
    expect(scored.value).toBe(value);
    expect(scored.reasons).toContain(reason);
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
