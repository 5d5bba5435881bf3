import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { expect, test } from "vitest";
import { type FailingApp, findHead, look, openFailingApp, stateAndPhase } from "../../worlds/live-app.ts";
import type { Life } from "../../worlds/providers.ts";

/** Hours of requests of one release. */
function use({ sentry, test: { clock }, goOn }: FailingApp, hours: number, life: Partial<Life> = {}): void {
  record({ sentry }, clock.now(), clock.now() + hours * HOUR, life.release ?? "");
  goOn(hours, { ...life, sessions: 0 });
}

function record({ sentry }: Pick<FailingApp, "sentry">, from: number, until: number, release: string): void {
  for (let at = from; at < until; at += 5 * MINUTE) sentry.recordTransactions({ at, count: 10, release });
}

/** A day of a new release. */
function release(app: FailingApp, day: number, life: Partial<Life> = {}): void {
  const files = { [`src/day${day}.ts`]: "//\n" };
  app.test.world.as("maya").push({ branch: "main", message: `Day ${day}`, files });
  const sha = findHead(app);
  app.deploy(sha);
  use(app, 24, { release: sha, ...life });
}

/** Closed by its requests, then released anew every day: more releases than Sentry names at once. */
async function openReleasing(days: number): Promise<FailingApp> {
  const app = openFailingApp();
  const now = app.test.clock.now();
  record(app, now - 3 * DAY, now, findHead(app));
  const fix = await app.repair();
  app.deploy(fix);
  use(app, 6, { release: fix });
  await app.verify();
  expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
  for (let day = 1; day <= days; day++) release(app, day);
  return app;
}

test("three errors in five days, of releases that Sentry's list of traffic leaves out, are no return", async () => {
  const app = await openReleasing(16);
  for (const [index, crashEvery] of [1_440, undefined, 1_440, undefined, 1_440].entries()) {
    release(app, 17 + index, crashEvery === undefined ? {} : { crashEvery });
    expect(await look(app)).not.toMatch(/^reopen/);
  }
  expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
});

test("a return in such a release is found", async () => {
  const app = await openReleasing(16);
  release(app, 17, { crashEvery: 20 });
  expect(await look(app)).toBe("reopen: failing");
});
