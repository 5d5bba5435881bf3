import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../../decide.ts";
import type { ErrorsFact, VerifyFacts } from "../../facts.ts";
import { counted, recovered } from "../../testing/facts.ts";
import { NOW, SETTINGS } from "../../testing/world.ts";
import { CLOSING_QUESTIONS } from "../closing.ts";
import { isOperationAsked } from "./decide.ts";
import type { OperationFact } from "./facts.ts";
import { describeOperations } from "./words.ts";

const inSpans = (c = 0): ErrorsFact => ({ ...counted(30, c), source: "spans" }) as ErrorsFact;
const facts = (more: Partial<VerifyFacts> = {}): VerifyFacts => recovered({ errors: inSpans(), ...more });
const used = (E: number, names = ["POST /pay"]): OperationFact => {
  const errors = counted(30, 0, { E });
  if (errors.state !== "counted") throw new Error(errors.detail);
  return { state: "counted", summary: errors.summary, names };
};
const decide = (operation: OperationFact) => decideRecovery(facts({ operation }), NOW, SETTINGS);

describe("whether the failing operation is used", () => {
  test("is asked of what would otherwise close, before what took its place", () => {
    const { sibling: _, ...known } = facts();
    const unasked = { ...known, closing: CLOSING_QUESTIONS.error };
    expect(openQuestion(unasked, NOW, SETTINGS)).toBe("operation");
    expect(openQuestion({ ...unasked, operation: { state: "none" } }, NOW, SETTINGS)).toBe("sibling");
    expect(openQuestion({ ...unasked, errors: inSpans(60) }, NOW, SETTINGS)).toBeUndefined();
  });

  test("is not asked where sessions or hours are counted, nor of a record of an older version", () => {
    expect(isOperationAsked(recovered())).toBe(true);
    expect(decideRecovery(facts(), NOW, SETTINGS).decision).toBe("close");
  });

  test("holds it open while nobody uses it, and says what to do", () => {
    expect(decide(used(0))).toMatchObject({
      decision: "wait",
      verdict: "waiting",
      reason: expect.stringMatching(/^No request of POST \/pay since fix #40 went live, so the absence/),
      next: expect.stringContaining("close this issue by hand"),
    });
  });

  test("holds it open while it is used too little", () => {
    expect(decide(used(5)).reason).toContain("5 requests of POST /pay after fix #40 went live");
    expect(decide(used(5)).decision).toBe("wait");
  });

  test("lets it close where it is used, or where none is known", () => {
    expect(decide(used(3_600)).decision).toBe("close");
    expect(decide({ state: "none" }).decision).toBe("close");
  });

  test("must be known before it closes", () => {
    expect(decide({ state: "unknown", detail: "Sentry is down." })).toMatchObject({
      decision: "wait",
      reason: expect.stringContaining("Sentry is down."),
    });
  });
});

test("operations are named shortly", () => {
  expect(describeOperations(["POST /pay"])).toBe("POST /pay");
  expect(describeOperations(["POST /pay", "GET /b", "GET /c"])).toBe("POST /pay and 2 other operations");
  expect(describeOperations([`GET /${"a".repeat(500)}`]).length).toBeLessThan(100);
});
