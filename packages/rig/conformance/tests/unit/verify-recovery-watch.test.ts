import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { type ClosedApp, openClosedApp } from "../../worlds/closed-app.ts";
import {
  type FailingApp,
  findMergeCommit,
  findState,
  look,
  mergeByHand,
  stateAndPhase,
  writesOfNextLook,
} from "../../worlds/live-app.ts";
import { live } from "../../worlds/providers.ts";
import { dispatch } from "../../worlds/run-actions.ts";
import { readComments } from "../../worlds/scenario.ts";

/** Lets hours go by in steps of twelve, with a look after each. @returns what was decided, without repetitions */
async function watch(production: FailingApp, hours: number, life = {}, inputs = {}): Promise<string[]> {
  const seen: string[] = [];
  for (let passed = 0; passed < hours; passed += 12) {
    production.goOn(12, life);
    const said = await look(production, { inputs });
    if (seen.at(-1) !== said) seen.push(said);
  }
  return seen;
}

const QUIET = ["nothing", "confirm: recovered", "nothing", "confirm: recovered", "nothing"];
const asComment = ({ test, issue }: FailingApp) => readComments(test, issue);

describe("an error that comes back after the close", () => {
  test.each([8, 85])("is found %d days later", async (days) => {
    const production = await openClosedApp();
    expect(await watch(production, 8 * 24)).toEqual(QUIET);
    production.goOn((days - 8) * 24);
    expect(await watch(production, 24, { crashEvery: 20 })).toContain("reopen: failing");
    expect(stateAndPhase(production)).toEqual(["open", "accepted"]);
  });

  test("is found within three days at a third of the old rate, and is not called away before", async () => {
    const production = await openClosedApp();
    await watch(production, 60);
    const seen = await watch(production, 72, { crashEvery: 60 });
    expect(seen).toContain("reopen: failing");
    expect(seen).not.toContain("confirm: recovered");
  });

  test("names the releases, and leads to the next attempt", async () => {
    const production = await openClosedApp();
    await watch(production, 24, { crashEvery: 20 });
    expect(asComment(production)).toContain(`Raised by ${production.fix.slice(0, 7)} (`);
    const { outputs } = await dispatch(production.test, { runId: "next" });
    expect(outputs.dispatched).toMatchObject([{ issue: production.issue, attempt: 2 }]);
  });

  test("is found though somebody reopened the issue meanwhile, and closed it again", async () => {
    const production = await openClosedApp();
    const maya = production.test.world.as("maya");
    await watch(production, 36);
    maya.reopenIssue(production.issue);
    production.pass(5);
    maya.closeIssue(production.issue);
    expect(await look(production)).toBe("nothing");
    expect(await watch(production, 24, { crashEvery: 20 })).toContain("reopen: failing");
  });

  test("is no longer looked for after 90 days", async () => {
    const production = await openClosedApp();
    production.goOn(91 * 24);
    await production.verify();
    production.goOn(24, { crashEvery: 20 });
    expect(await look(production)).toBe("nothing");
  });

  test("is found again in the second episode", async () => {
    const production = await openClosedApp();
    await watch(production, 24, { crashEvery: 20 });
    const number = mergeByHand(production, `Refs #${production.issue}`);
    production.deploy(findMergeCommit(production, number));
    expect(await watch(production, 24)).toContain("close: recovered");
    expect(await watch(production, 48)).toContain("confirm: recovered");
    expect(await watch(production, 24, { crashEvery: 20 })).toContain("reopen: failing");
  });
});

describe("what is no return", () => {
  test.each(["a client that never updated", "the release with the fix"])(
    "one late event of %s",
    async (who) => {
      const production = await openClosedApp();
      await watch(production, 60);
      const at = production.test.clock.now() - HOUR;
      const release = who === "the release with the fix" ? production.fix : production.old;
      live(production.sentry, { from: at, until: at + 1, release, sessions: 0, crashEvery: 60 });
      expect(await look(production)).toBe("nothing");
      expect(await writesOfNextLook(production)).toBe(0);
      expect(await watch(production, 120)).toEqual(["nothing", "confirm: recovered", "nothing"]);
      expect(findState(production).state).toBe("closed");
    },
  );

  test("an event an hour of clients that never update", async () => {
    const production = await openClosedApp();
    const { sentry, old, test: world } = production;
    for (let hour = 0; hour < 24; hour += 1) {
      const from = world.clock.now();
      live(sentry, { from, until: from + HOUR, release: old, sessions: 40, crashEvery: 60 });
      production.goOn(1);
      expect(await look(production)).not.toMatch(/^reopen/);
    }
    expect(findState(production).state).toBe("closed");
  });
});

describe("a look that cannot tell", () => {
  test("says so once while Sentry is down, and is taken later", async () => {
    const production = await openClosedApp();
    production.goOn(25);
    production.sentry.faults = () => ({ kind: "reply", status: 503, body: "down" });
    expect(await look(production)).toBe("doubt: unknown");
    expect(await writesOfNextLook(production)).toBe(0);
    production.sentry.faults = undefined;
    expect(await look(production)).toBe("confirm: recovered");
  });

  test("names Sentry where it shows no sessions any more", async () => {
    const production = await openClosedApp();
    production.goOn(25, { crashEvery: 20 });
    production.sentry.faults = ({ path }) =>
      path.includes("/sessions/") ? { kind: "reply", status: 422, body: "{}" } : undefined;
    expect(await look(production)).toBe("doubt: unknown");
    expect(asComment(production)).toContain("Sentry no longer shows any sessions");
  });

  test("says that Sentry drops the errors, and is taken once it takes them again", async () => {
    const production = await openClosedApp();
    const { sentry, test: world } = production;
    const from = world.clock.now() + HOUR;
    const until = from + 30 * HOUR;
    sentry.addLeak({ outcome: "rate_limited", reason: "error_usage_exceeded", from, until });
    expect(await watch(production, 24, { crashEvery: 20 })).toEqual(["nothing", "doubt: unknown"]);
    expect(asComment(production)).toContain("The quota is spent");
    expect(await writesOfNextLook(production)).toBe(0);
    expect(await watch(production, 72)).toContain("confirm: recovered");
  });

  test("says that traffic has stopped", async () => {
    const production = await openClosedApp({ days: 8 });
    expect(await watch(production, 24, { sessions: 0 })).toEqual(["nothing", "doubt: unknown"]);
    expect(asComment(production)).toContain("Cannot tell whether it is back: traffic has stopped");
    expect(await writesOfNextLook(production)).toBe(0);
    expect(findState(production).state).toBe("closed");
  });

  test("is said once of an error that Sentry loses after the last look", async () => {
    const production = await openClosedApp();
    await watch(production, 8 * 24);
    production.sentry.deleteIssue(production.sentry.issues()[0]?.id ?? "");
    expect(await watch(production, 36)).toEqual(["doubt: unknown", "nothing"]);
    expect(asComment(production)).toContain("a return would not be seen");
  });

  test("names an issue that was deleted in Sentry, and takes the others' looks", async () => {
    const production = await openClosedApp({ crashes: 2 });
    production.sentry.deleteIssue(production.sentry.issues()[0]?.id ?? "");
    production.goOn(25);
    const { outputs } = await production.verify();
    const [first, second] = production.issues;
    expect(outputs.decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ issue: first, decision: "doubt" }),
        expect.objectContaining({ issue: second, decision: "confirm" }),
      ]),
    );
    expect(asComment(production)).toContain("was deleted, or merged into another issue");
    expect(await writesOfNextLook(production)).toBe(0);
  });
});

describe("a fix that production lost after the close", () => {
  async function rollBack(): Promise<ClosedApp> {
    const production = await openClosedApp();
    await watch(production, 36);
    production.vercel.rollBack(production.oldDeployment);
    return production;
  }

  test("is reopened by name without another attempt, and closed once it is back", async () => {
    const production = await rollBack();
    const life = { release: production.old, crashEvery: 20 };
    expect(await watch(production, 24, life)).toContain("reopen: not-deployed");
    expect(stateAndPhase(production)).toEqual(["open", "verifying"]);
    expect(asComment(production)).toContain(`production went back to ${production.old.slice(0, 7)}`);
    const { outputs } = await dispatch(production.test, { runId: "next" });
    expect(outputs.dispatched).toEqual([]);
    expect(await watch(production, 12, life)).toEqual(["wait: not-deployed"]);
    production.vercel.promote(production.fixDeployment);
    expect(await watch(production, 24)).toContain("close: recovered");
  });

  test("is not called away, though the errors have not come back", async () => {
    const production = await rollBack();
    const seen = await watch(production, 168, { release: production.old });
    expect(seen).toEqual(["nothing", "doubt: unknown", "nothing"]);
    expect(findState(production).state).toBe("closed");
  });
});

describe("a return that `allow` does not let it act on", () => {
  test.each([
    ["retry,escalate", "escalate: failing"],
    ["retry", "wait: failing"],
  ])("with %s is said once: %s", async (allow, said) => {
    const production = await openClosedApp();
    await watch(production, 60);
    expect(await watch(production, 24, { crashEvery: 20 }, { allow })).toContain(said);
    expect(stateAndPhase(production)).toEqual(["closed", "recovered"]);
    const before = production.test.world.versions.current;
    await production.verify({ inputs: { allow } });
    expect(production.test.world.versions.current).toBe(before);
  });
});

test("what is watched and silent costs Sentry one request, and writes nothing", async () => {
  const production = await openClosedApp({ crashes: 3 });
  production.test.clock.advance(3 * DAY);
  await production.verify();
  production.sentry.requests.length = 0;
  expect(await writesOfNextLook(production)).toBe(0);
  expect(production.sentry.requests).toHaveLength(1);
});
