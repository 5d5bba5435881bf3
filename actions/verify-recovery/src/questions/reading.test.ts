import { describe, expect, test } from "vitest";
import { aCase, FIX, LIVE, NOW, OLD, SETTINGS, someFacts } from "../testing/world.ts";
import { containsFor, type RunReading } from "./reading.ts";

const reading = {
  now: NOW,
  settings: SETTINGS,
  containments: new Map([[FIX, new Map([[OLD, { holds: false }]])]]),
} as unknown as RunReading;
const live = { state: "live", source: "vercel", sha: OLD, since: NOW } as const;

describe("whether a commit contains the fix", () => {
  test("is what the repository said, where a fix is known", () => {
    const contains = containsFor({ case: aCase(), facts: someFacts({ deployment: live }) }, reading);
    expect([contains(OLD), contains(LIVE)]).toEqual([false, undefined]);
  });

  test("is so of what a rollback brought back, old as it is, where none is known", () => {
    const facts = someFacts({ fix: { kind: "deployment", after: NOW }, deployment: live });
    const contains = containsFor({ case: aCase(), facts }, reading);
    expect([contains(OLD), contains(LIVE)]).toEqual([true, undefined]);
  });
});
