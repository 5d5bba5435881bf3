import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../decide.ts";
import type { VerifyFacts } from "../facts.ts";
import { counted, recovered } from "../testing/facts.ts";
import { ALIVE, DEAD } from "../testing/sensor.ts";
import { LIVE, NOW, SETTINGS } from "../testing/world.ts";
import { CLOSING_QUESTIONS } from "./closing.ts";

/** Facts of an incident whose errors have stopped, as they are read today. */
const stopped = (more: Partial<VerifyFacts> = {}): VerifyFacts =>
  recovered({ closing: CLOSING_QUESTIONS.error, ...more });
const { sibling: _, ...unasked } = stopped();

const decide = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);
const nextQuestion = (facts: VerifyFacts) => openQuestion(facts, NOW, SETTINGS);

describe("what would close", () => {
  test("is asked whether another error took its place, then whether the sensor works", () => {
    expect(nextQuestion(unasked)).toBe("sibling");
    expect(nextQuestion(stopped())).toBe("sensor");
    expect(nextQuestion(stopped({ sensor: ALIVE }))).toBeUndefined();
  });

  test("is asked nothing more after the first that holds it", () => {
    expect(nextQuestion(stopped({ sibling: { state: "found", shortId: "SHOP-9" } }))).toBeUndefined();
  });

  test("closes once all are answered", () => {
    expect(decide(stopped({ sensor: ALIVE })).decision).toBe("close");
  });

  test("waits while the sensor is doubted, and says why", () => {
    expect(decide(stopped({ sensor: DEAD }))).toMatchObject({
      decision: "wait",
      reason: expect.stringContaining("Sentry dropped 80 %"),
      next: expect.stringContaining("The quota is spent"),
    });
  });

  test("goes to a person at the cap with that reason", () => {
    const deployment = { state: "live", source: "vercel", sha: LIVE, since: NOW - 49 * HOUR } as const;
    expect(decide(stopped({ deployment, errors: counted(49, 0), sensor: DEAD }))).toMatchObject({
      decision: "escalate",
      verdict: "inconclusive",
      reason: expect.stringContaining("Sentry dropped 80 %"),
      next: expect.stringContaining("The quota is spent"),
    });
  });

  test("is not doubted by what would not close anyway", () => {
    expect(nextQuestion(stopped({ errors: counted(30, 60) }))).toBeUndefined();
  });
});

test("a record from before the sensor was asked about decides as it did", () => {
  expect(decide(recovered()).decision).toBe("close");
});
