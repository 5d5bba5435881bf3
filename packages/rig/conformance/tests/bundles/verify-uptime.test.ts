import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { type HourlyRate, openTimedError, type TimedApp } from "./support/open-timed-error.ts";

/** Production got quiet: because of the fix, or because it was started anew? */

let timed: TimedApp;
afterEach(async () => {
  await timed.close();
  assertNoViolations(timed.app.test.simulator);
  expect(timed.app.sentry.violations).toEqual([]);
});

const never: HourlyRate = () => 0;
const always: HourlyRate = () => 10;
const iso = (at: number) => new Date(at).toISOString();
const now = () => timed.app.test.clock.now();

/** Lets so many hours go by since the last start, of which the first ones are silent. */
function run(hours: number, silent: number): void {
  const began = now();
  timed.goOn(iso(began + hours * HOUR), (at) => (at >= began + silent * HOUR ? 10 : 0));
}

/** The error began 20 h after the only start, and a fix was deployed 28 h later. */
function openStarted(): void {
  timed = openTimedError();
  run(48, 20);
  timed.deployFix();
}

describe("an error that begins when a deployment has run for a while", () => {
  test("is not over before the next one has run for longer; one start is enough", async () => {
    openStarted();
    run(5, 5);
    const early = await timed.look();
    expect(early?.decision).toBe("wait");
    expect(early?.reason).toContain(
      "the error used to begin 20 h after a deployment, so this one has to run 20 h longer",
    );
    run(22, 22);
    expect((await timed.look())?.decision).toBe("close");
  });

  test("is found where every deployment was of the same commit", async () => {
    timed = openTimedError();
    run(18, 10);
    timed.restart();
    run(17, 11);
    timed.restart();
    run(16, 10);
    timed.deployFix();
    run(8, 8);
    expect((await timed.look())?.reason).toContain("the error used to begin 11 h after a deployment");
  });

  test("is waited for anew when the fix is deployed again, if it began late twice", async () => {
    timed = openTimedError();
    run(30, 12);
    timed.restart();
    run(30, 12);
    timed.deployFix();
    run(10, 10);
    timed.restart();
    run(10, 10);
    expect((await timed.look())?.decision).toBe("wait");
  });

  test("is waited for from the fix on, whatever is deployed later, if it began late once", async () => {
    openStarted();
    run(10, 10);
    timed.restart();
    run(16, 16);
    const look = await timed.look();
    expect([look?.decision, look?.reason]).toEqual(["close", expect.stringContaining("have stopped")]);
  });

  test("is failing when it begins again", async () => {
    openStarted();
    run(40, 20);
    expect((await timed.look())?.verdict).toBe("failing");
  });
});

describe("uptime that was not the reason", () => {
  test("restarts every four hours, and errors all the time", async () => {
    timed = openTimedError();
    for (let start = 0; start < 8; start += 1) {
      timed.goOn(iso(now() + 4 * HOUR), always);
      timed.restart();
    }
    timed.deployFix();
    timed.goOn(iso(now() + 4 * HOUR), never);
    expect((await timed.look())?.decision).toBe("close");
  });

  test("an error that began at once after the only start", async () => {
    timed = openTimedError();
    run(48, 0);
    timed.deployFix();
    run(5, 5);
    expect((await timed.look())?.decision).toBe("close");
  });

  test("an error that began days after the only start", async () => {
    timed = openTimedError();
    run(80, 60);
    timed.deployFix();
    run(5, 5);
    expect((await timed.look())?.decision).toBe("close");
  });
});
