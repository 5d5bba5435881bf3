import { contract } from "@patchpilot/action-verify-recovery/contract";
import { type Listening, listen } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { type ClosedApp, openClosedApp } from "../../worlds/closed-app.ts";
import { stateAndPhase } from "../../worlds/live-app.ts";
import { live, SENTRY_INPUTS, VERCEL_INPUTS } from "../../worlds/providers.ts";
import { readComments } from "../../worlds/scenario.ts";
import { STATE_KEY } from "../../worlds/world.ts";
import { runBundle } from "./support/run-bundle.ts";

const doors: Listening[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

/** What the bundle leaves behind in a look at a closed incident: its state, its phase and what is on the issue. */
async function lookWithBundle({ test: world, sentry, vercel, ...production }: ClosedApp, inputs = {}) {
  const [sentryDoor, vercelDoor] = [await listen(sentry), await listen(vercel)];
  doors.push(sentryDoor, vercelDoor);
  const step = await runBundle(world, contract, {
    inputs: {
      ...SENTRY_INPUTS,
      ...VERCEL_INPUTS,
      "sentry-url": sentryDoor.url,
      "vercel-url": vercelDoor.url,
      "state-key": STATE_KEY,
      ...inputs,
    },
  });
  expect(step.outcome).toBe("success");
  assertNoViolations(world.simulator);
  const [state, phase] = stateAndPhase({ test: world, sentry, vercel, ...production });
  return { state, phase, comments: readComments(world, production.issue) };
}

describe("the bundle, after a close", () => {
  test("reopens what came back days later for another attempt", async () => {
    const production = await openClosedApp();
    production.goOn(10 * 24);
    production.goOn(12, { crashEvery: 20 });
    expect(await lookWithBundle(production)).toMatchObject({ state: "open", phase: "accepted" });
  });

  test("reopens a third of the old rate", async () => {
    const production = await openClosedApp();
    production.goOn(60, { crashEvery: 60 });
    const { state, comments } = await lookWithBundle(production);
    expect(state).toBe("open");
    expect(comments).toContain("The errors have been back since about");
  });

  test("reopens what a rollback brought back, by name and without an attempt", async () => {
    const production = await openClosedApp();
    production.vercel.rollBack(production.oldDeployment);
    production.goOn(12, { release: production.old, crashEvery: 20 });
    const { state, phase, comments } = await lookWithBundle(production);
    expect([state, phase]).toEqual(["open", "verifying"]);
    expect(comments).toContain(`production went back to ${production.old.slice(0, 7)}`);
  });

  test("leaves late events of old clients alone", async () => {
    const production = await openClosedApp();
    production.goOn(26);
    const from = production.test.clock.now() - 3 * HOUR;
    live(production.sentry, {
      from,
      until: from + 2 * HOUR,
      release: production.old,
      sessions: 20,
      crashEvery: 20,
    });
    expect(await lookWithBundle(production)).toMatchObject({ state: "closed", phase: "recovered" });
  });

  test("says that it is still away where there is traffic, and that it cannot tell where there is none", async () => {
    const used = await openClosedApp();
    used.goOn(25);
    expect((await lookWithBundle(used)).comments).toContain("Still away: no error in the 25 h");
    const unused = await openClosedApp();
    unused.goOn(25, { sessions: 0 });
    expect((await lookWithBundle(unused)).comments).toContain("Cannot tell whether it is back");
  });

  test("goes to a person where `allow` does not let it reopen", async () => {
    const production = await openClosedApp();
    production.goOn(12, { crashEvery: 20 });
    const { state, comments } = await lookWithBundle(production, { allow: "retry,escalate", notify: "maya" });
    expect(state).toBe("closed");
    expect(comments).toContain("@maya");
  });
});
