import { describe, expect, test } from "vitest";
import {
  type FailingApp,
  findMergeCommit,
  findState,
  look,
  mergeByHand,
  openFailingApp,
  openFixedApp,
  stateAndPhase,
  writesOfNextLook,
} from "../../worlds/live-app.ts";
import { dispatch } from "../../worlds/run-actions.ts";
import { readComments, readLabels, readPhase } from "../../worlds/scenario.ts";

/** Looks every hour for so many hours. @returns what was decided, hour by hour, without repetitions */
async function watch(production: FailingApp, hours: number, life = {}): Promise<string[]> {
  const seen: string[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    production.goOn(1, life);
    const said = await look(production);
    if (seen.at(-1) !== said) seen.push(said);
  }
  return seen;
}

describe("a fix that helps", () => {
  test("waits until it is live, then for proof with a time, and closes", async () => {
    const production = openFailingApp();
    const fix = await production.repair();
    expect(await look(production)).toBe("wait: not-deployed");
    production.deploy(fix);
    production.goOn(1);
    const [waiting] = (await production.verify()).outputs.decisions;
    expect(waiting).toMatchObject({ decision: "wait", verdict: "waiting" });
    const eta = Date.parse(waiting?.eta ?? "");
    production.goOn((eta - production.test.clock.now()) / 3_600_000 + 0.1);
    const { outputs } = await production.verify();
    expect(outputs).toMatchObject({ closed: [production.issue], issues: [], count: 0 });
    expect(findState(production)).toEqual({ state: "closed", reason: "completed" });
    expect(readLabels(production.test, production.issue)).toEqual(["patchpilot", "patchpilot:recovered"]);
  });

  test("is written down once: a second look at the same facts writes nothing", async () => {
    const production = await openFixedApp();
    for (const hours of [0, 1, 5]) {
      production.goOn(hours);
      await production.verify();
      expect(await writesOfNextLook(production)).toBe(0);
    }
  });

  test("is resolved in Sentry only where `allow` says so", async () => {
    const production = await openFixedApp(5);
    await production.verify({ inputs: { allow: "close,resolve" } });
    await production.verify({ inputs: { allow: "close,resolve" } });
    const [crash] = production.sentry.issues();
    expect(crash?.status).toBe("resolved");
    expect(production.sentry.requests.filter(({ operation }) => operation.startsWith("PUT"))).toHaveLength(1);
  });

  test("changes nothing with dry-run", async () => {
    const production = await openFixedApp(5);
    const { outputs } = await production.verify({ inputs: { "dry-run": "true" } });
    expect(outputs.closed).toEqual([production.issue]);
    expect(stateAndPhase(production)).toEqual(["open", "verifying"]);
  });
});

describe("a fix that does not help", () => {
  test("is told by its errors, requeued with the commit, and followed by the next attempt", async () => {
    const production = await openFixedApp();
    expect(await watch(production, 6, { crashEvery: 20 })).toContain("retry: failing");
    expect(readPhase(production.test, production.issue)).toBe("requeued");
    const { outputs } = await dispatch(production.test, { runId: "after" });
    expect(outputs.dispatched).toMatchObject([{ issue: production.issue, attempt: 2 }]);
    expect(readComments(production.test, production.issue)).toContain(
      "where the fix of attempt 1 did not help",
    );
  });

  test("goes to a person once the attempts are used, who is mentioned then and only then", async () => {
    const production = await openFixedApp();
    const inputs = { "max-attempts": "1", notify: "maya" };
    production.goOn(1, { crashEvery: 20 });
    await production.verify({ inputs });
    expect(readComments(production.test, production.issue)).not.toContain("@maya");
    production.goOn(8, { crashEvery: 20 });
    const { outputs } = await production.verify({ inputs });
    expect(outputs.escalated).toEqual([production.issue]);
    expect(readPhase(production.test, production.issue)).toBe("needs-human");
    expect(readComments(production.test, production.issue)).toContain("@maya");
  });

  test("that leaves half of the errors is never called recovered", async () => {
    const production = await openFixedApp();
    const seen = await watch(production, 50, { crashEvery: 40 });
    expect(seen.filter((said) => /close|recovered/.test(said))).toEqual([]);
    expect(findState(production).state).toBe("open");
  });
});

describe("a fix that cannot be judged", () => {
  test("when the traffic stops, it is inconclusive and never closed", async () => {
    const production = await openFixedApp(0, { days: 8 });
    const seen = await watch(production, 50, { sessions: 0 });
    expect(seen.at(0)).toBe("wait: waiting");
    expect(seen).toContain("escalate: inconclusive");
    expect(seen.filter((said) => said.startsWith("close"))).toEqual([]);
  });

  test("when production is rolled back, it waits, and counts anew once the fix is back", async () => {
    const production = openFailingApp();
    const before = production.vercel.liveOf("shop")?.id ?? "";
    production.deploy(await production.repair());
    const fixed = production.vercel.liveOf("shop")?.id ?? "";
    production.goOn(3);
    production.vercel.rollBack(before);
    production.goOn(1, { crashEvery: 20 });
    expect(await look(production)).toBe("wait: not-deployed");
    production.vercel.promote(fixed);
    production.goOn(2);
    expect(await look(production)).toMatch(/^wait/);
    expect(await watch(production, 5)).toContain("close: recovered");
  });

  test("while Sentry is down, nothing is decided", async () => {
    const production = await openFixedApp(5);
    production.sentry.faults = () => ({ kind: "reply", status: 503, body: "down" });
    const down = await production.verify();
    expect(down.outputs.decisions[0]).toMatchObject({ decision: "wait", verdict: "unknown" });
    expect(down.failure).toBeUndefined();
    production.sentry.faults = undefined;
    expect(await look(production)).toMatch(/^close/);
  });

  test("when the app does not answer its health check, it waits", async () => {
    const production = await openFixedApp(5);
    const inputs = { "health-url": "https://shop.example/health" };
    const sick = () => Promise.resolve({ state: "unhealthy", reason: "It answered 500." } as const);
    expect(await look(production, { inputs, probe: sick })).toMatch(/^wait/);
    const well = () => Promise.resolve({ state: "healthy", reason: "It answered 200." } as const);
    expect(await look(production, { inputs, probe: well })).toMatch(/^close/);
  });
});

describe("a fix that a person made", () => {
  /** An incident that waits for a person, untouched for two days. */
  async function awaitPerson(): Promise<FailingApp> {
    const production = openFailingApp();
    await production.tick({ inputs: { "min-severity": "critical" } });
    production.goOn(48, { crashEvery: 20 });
    expect(readPhase(production.test, production.issue)).toBe("needs-human");
    return production;
  }

  test("is verified like any other, where its pull request says what it fixes", async () => {
    const production = await awaitPerson();
    const number = mergeByHand(production, `Rounds the total. Refs #${production.issue}`);
    await production.verify();
    expect(readPhase(production.test, production.issue)).toBe("verifying");
    production.deploy(findMergeCommit(production, number));
    expect(await watch(production, 8)).toContain("close: recovered");
  });

  test("is not seen in a pull request that merely mentions the issue", async () => {
    const production = await awaitPerson();
    mergeByHand(production, `Unlike #${production.issue}, this is about the footer.`);
    await production.verify();
    expect(readPhase(production.test, production.issue)).toBe("needs-human");
  });

  test("is taken for one without a pull request, where a deployment stopped the errors", async () => {
    const production = openFailingApp();
    production.deploy(
      production.test.world.as("maya").push({
        branch: "main",
        message: "Round the total",
        files: { "src/checkout.ts": "export const total = 3;\n" },
      }),
    );
    const seen = await watch(production, 8);
    expect(seen).toEqual(["watch: waiting", "watch: improved", "close: recovered", "nothing"]);
  });
});

describe("a recovery that may not be closed", () => {
  test("waits, says once until when, and then goes to a person", async () => {
    const production = await openFixedApp(6);
    const { test, issue } = production;
    const inputs = { allow: "retry,escalate" };
    const [first] = (await production.verify({ inputs })).outputs.decisions;
    expect(first).toMatchObject({ issue, decision: "wait", verdict: "recovered" });
    expect(Date.parse(first?.eta ?? "")).toBeGreaterThan(test.clock.now());
    const before = test.world.versions.current;
    production.goOn(1);
    await production.verify({ inputs });
    expect(test.world.versions.current).toBe(before);
    production.goOn(42);
    expect((await production.verify({ inputs })).outputs.escalated).toEqual([issue]);
    expect(stateAndPhase(production)).toEqual(["open", "needs-human"]);
  });
});

describe("a recovery that was none", () => {
  test("stays open where a person reopened it, however quiet the errors are", async () => {
    const production = await openFixedApp(6);
    await production.verify();
    production.goOn(2);
    production.test.world.as("maya").reopenIssue(production.issue);
    expect(await watch(production, 3)).toEqual(["nothing"]);
    expect(findState(production).state).toBe("open");
  });

  test("is looked at again, reopened, and repaired anew", async () => {
    const production = await openFixedApp(5);
    await production.verify();
    production.goOn(25, { crashEvery: 20 });
    const { outputs } = await production.verify();
    expect(outputs).toMatchObject({ reopened: [production.issue], issues: [production.issue] });
    expect(stateAndPhase(production)).toEqual(["open", "accepted"]);
    const next = await dispatch(production.test, { runId: "next" });
    expect(next.outputs.dispatched).toMatchObject([{ issue: production.issue, attempt: 2 }]);
    expect(readComments(production.test, production.issue)).toContain("the reopening (episode 2)");
  });

  test("is told to people, once, where it may not be reopened", async () => {
    const production = await openFixedApp(5);
    const { test, issue } = production;
    await production.verify();
    production.goOn(25, { crashEvery: 20 });
    const inputs = { allow: "retry,escalate", notify: "maya" };
    expect((await production.verify({ inputs })).outputs).toMatchObject({ reopened: [], escalated: [issue] });
    expect(stateAndPhase(production)).toEqual(["closed", "recovered"]);
    expect(readComments(test, issue)).toContain("@maya");
    const before = test.world.versions.current;
    await production.verify({ inputs });
    expect(test.world.versions.current).toBe(before);
  });

  test("is confirmed after a day and after a week where the errors stay away", async () => {
    const production = await openFixedApp(5);
    await production.verify();
    expect(await watch(production, 170)).toEqual([
      "nothing",
      "confirm: recovered",
      "nothing",
      "confirm: recovered",
      "nothing",
    ]);
  });
});
