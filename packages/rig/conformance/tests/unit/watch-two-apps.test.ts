import { DAY, HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { type FailingApp, findHead, look, openFailingApp, stateAndPhase } from "../../worlds/live-app.ts";
import type { Life } from "../../worlds/providers.ts";

/** Hours of the app that fails, and of one with ten times its traffic in the same project of Sentry. */
function use(app: FailingApp, hours: number, version: string, life: Partial<Life> = {}): void {
  const from = app.test.clock.now();
  app.live({ from, until: from + hours * HOUR, release: `api@${version}`, sessions: 1_200 });
  app.goOn(hours, life);
}

test("a return is measured by the traffic of the app that raises it, as before the close", async () => {
  const app = openFailingApp();
  const now = app.test.clock.now();
  app.live({ from: now - 3 * DAY, until: now, release: "api@1.0.0", sessions: 1_200 });
  const old = findHead(app);
  app.deploy(await app.repair());
  app.live({
    from: app.test.clock.now(),
    until: app.test.clock.now() + 1,
    release: old,
    sessions: 0,
    crashEvery: 1,
  });
  use(app, 9, "1.0.0");
  await app.verify();
  expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
  use(app, 36, "1.0.1");
  expect(await look(app)).toBe("confirm: recovered");
  // A third of the old rate.
  use(app, 72, "1.0.1", { crashEvery: 60 });
  expect(await look(app)).toBe("reopen: failing");
});
