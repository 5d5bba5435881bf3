import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery, openQuestion } from "../decide.ts";
import type { ErrorsFact, VerifyFacts } from "../facts.ts";
import { counted } from "../testing/facts.ts";
import { NOW, SETTINGS, someFacts } from "../testing/world.ts";

const decideNow = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);

describe("looks after the close", () => {
  const closed = (hours: number, errors: ErrorsFact | undefined, looks: ("24h" | "7d")[] = []) =>
    someFacts({
      phase: "recovered",
      close: { at: NOW - hours * HOUR, looks },
      ...(errors ? { errors } : {}),
    });

  test("nothing is asked before the first is due, nor between the two", () => {
    expect(openQuestion(closed(23, undefined), NOW, SETTINGS)).toBeUndefined();
    expect(openQuestion(closed(48, undefined, ["24h"]), NOW, SETTINGS)).toBeUndefined();
    expect(decideNow(closed(23, undefined)).decision).toBe("skip");
  });

  test("a due look asks for the errors alone", () => {
    expect(openQuestion(closed(25, undefined), NOW, SETTINGS)).toBe("errors");
  });

  test("a quiet look confirms, and a late one does both", () => {
    expect(decideNow(closed(25, counted(25, 0)))).toMatchObject({ decision: "confirm", looks: ["24h"] });
    expect(decideNow(closed(170, counted(170, 0)))).toMatchObject({ looks: ["24h", "7d"] });
  });

  test("errors that are back reopen it", () => {
    expect(decideNow(closed(25, counted(25, 50)))).toMatchObject({ decision: "reopen", verdict: "failing" });
  });

  test("without traffic since the close nothing is confirmed", () => {
    const facts = closed(25, counted(25, 0, { E: 0 }));
    expect(decideNow(facts)).toMatchObject({ decision: "skip", looks: [] });
  });

  test("a look that cannot be taken stays due", () => {
    const facts = closed(25, { state: "unknown", detail: "Sentry answered 503." });
    expect(decideNow(facts)).toMatchObject({ decision: "skip", looks: [] });
  });
});
