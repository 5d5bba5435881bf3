import { describe, expect, test } from "vitest";
import { findState, look, mergeFixes, writesOfNextLook } from "../../worlds/live-app.ts";
import { readComments, readPhase } from "../../worlds/scenario.ts";
import { openFixedSlowApp, openSlowApp } from "../../worlds/slow-app.ts";

describe("a slow operation whose fix helps", () => {
  test("waits until the fix is live, then for proof with a time, and closes", async () => {
    const production = openSlowApp();
    const fix = await production.repair();
    expect(await look(production)).toMatch("not-deployed");
    production.deploy(fix);
    production.serve(0.5, 1);
    const [waiting] = (await production.verify()).outputs.decisions;
    expect(waiting).toMatchObject({ decision: "wait", verdict: "waiting" });
    expect(Date.parse(waiting?.eta ?? "")).toBeGreaterThan(production.test.clock.now());
    production.serve(8, 1);
    const { outputs } = await production.verify();
    expect(outputs).toMatchObject({ closed: [production.slowIssue], count: 0 });
    expect(findState(production, production.slowIssue)).toEqual({ state: "closed", reason: "completed" });
    expect(readComments(production.test, production.slowIssue)).toContain("Fast again: p95 is");
  });

  test("is written down once: a second look at the same facts writes nothing", async () => {
    const production = await openFixedSlowApp(3, 1);
    await production.verify();
    expect(await writesOfNextLook(production)).toBe(0);
  });

  test("is looked at again, and reopened where it is slow again", async () => {
    const production = await openFixedSlowApp(10, 1);
    await production.verify();
    production.serve(25, 3);
    const { outputs } = await production.verify();
    expect(outputs.reopened).toEqual([production.slowIssue]);
    expect(findState(production, production.slowIssue).state).toBe("open");
    expect(readComments(production.test, production.slowIssue)).toContain(
      "Verdict: reopened, it is slow again",
    );
  });
});

describe("a slow operation whose fix does not help", () => {
  test("is told by its durations, and requeued", async () => {
    const production = await openFixedSlowApp(8, 3);
    const { outputs } = await production.verify();
    expect(outputs.retry).toEqual([production.slowIssue]);
    expect(readPhase(production.test, production.slowIssue)).toBe("requeued");
    expect(readComments(production.test, production.slowIssue)).toContain("Still slow: p95 is");
  });

  test("waits while nobody calls it, and goes to a person at the cap", async () => {
    const production = await openFixedSlowApp(8, 0);
    expect(await look(production)).toBe("wait: waiting");
    production.serve(42, 0);
    expect(await look(production)).toBe("escalate: inconclusive");
    expect(findState(production, production.slowIssue).state).toBe("open");
  });

  test("is never closed on a part of Sentry's data", async () => {
    const production = await openFixedSlowApp(8, 1);
    production.sentry.setPartialScans(true);
    expect(await look(production)).toBe("wait: unknown");
  });
});

describe("a slow operation of another environment", () => {
  test("is left to the run that verifies it, and named", async () => {
    const production = await openFixedSlowApp(8, 1);
    const { outputs, lines } = await production.verify({ inputs: { environment: "staging" } });
    expect(outputs).toMatchObject({ closed: [], decisions: [] });
    expect(lines.map(({ text }) => text).join()).toContain("with `environment: production`");
    expect((await production.verify()).outputs.closed).toEqual([production.slowIssue]);
  });
});

describe("what a look at slow operations costs", () => {
  test("ten are three requests to Sentry, and none before the fix is live", async () => {
    const production = openSlowApp(10);
    const fix = mergeFixes(production, production.slowIssues);
    production.sentry.requests.length = 0;
    await production.verify();
    expect(production.sentry.requests).toHaveLength(0);
    production.deploy(fix);
    production.serve(8, 1);
    const { outputs } = await production.verify();
    expect(outputs.closed).toHaveLength(10);
    expect(production.sentry.requests.length).toBeLessThanOrEqual(3);
  });
});
