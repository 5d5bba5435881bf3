import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { type HourlyRate, openTimedError, type TimedApp } from "./support/open-timed-error.ts";

/** Production got quiet: at hours at which the error used to occur, or at others? */

let timed: TimedApp;
afterEach(async () => {
  await timed.close();
  assertNoViolations(timed.app.test.simulator);
  expect(timed.app.sentry.violations).toEqual([]);
});

const between =
  (
    from: number,
    until: number,
    perHour: number,
    days: readonly number[] = [0, 1, 2, 3, 4, 5, 6],
  ): HourlyRate =>
  (at) => {
    const date = new Date(at);
    const hour = date.getUTCHours();
    return days.includes(date.getUTCDay()) && hour >= from && hour < until ? perHour : 0;
  };
const WEEKDAYS = [1, 2, 3, 4, 5];
const office = between(9, 17, 10, WEEKDAYS);
const never: HourlyRate = () => 0;

/** The error begins with a deployment at one instant, and its fix goes out at another. */
function open(began: string, deployed: string, errors: HourlyRate, sessions?: HourlyRate): TimedApp {
  timed = openTimedError(sessions);
  timed.goOn(began, never);
  timed.restart();
  timed.goOn(deployed, errors);
  timed.deployFix();
  return timed;
}

describe("an error of office hours, fixed on a Friday evening", () => {
  test.each([
    ["Monday", "2026-11-23T09:00:00Z"],
    ["Wednesday", "2026-11-25T09:00:00Z"],
    ["Thursday", "2026-11-26T09:00:00Z"],
  ])("that is known since %s waits over the weekend, and says why", async (_, began) => {
    const { goOn, look } = open(began, "2026-11-27T17:00:00Z", office);
    goOn("2026-11-30T08:30:00Z", never);
    const decision = await look();
    expect(decision?.decision).toBe("wait");
    expect(decision?.reason).toContain("the hours at which it used to occur");
  });

  test("closes on Monday if it stays away", async () => {
    const { goOn, look } = open("2026-11-25T09:00:00Z", "2026-11-27T17:00:00Z", office);
    goOn("2026-11-30T16:00:00Z", never);
    expect((await look())?.decision).toBe("close");
  });

  test("does not close on Monday if it is back", async () => {
    const { goOn, look } = open("2026-11-25T09:00:00Z", "2026-11-27T17:00:00Z", office);
    goOn("2026-11-30T16:00:00Z", office);
    expect((await look())?.verdict).toBe("failing");
  });
});

describe("other hours", () => {
  test("a batch at night is not over by day", async () => {
    const { goOn, look } = open("2026-11-22T02:00:00Z", "2026-11-26T09:00:00Z", between(2, 3, 40));
    goOn("2026-11-27T01:30:00Z", never);
    expect((await look())?.decision).not.toBe("close");
  });

  test("an error of weekends is not over in the week", async () => {
    const { goOn, look } = open("2026-11-21T10:00:00Z", "2026-11-22T19:00:00Z", between(10, 18, 8, [0, 6]));
    goOn("2026-11-26T19:00:00Z", never);
    expect((await look())?.decision).toBe("wait");
  });

  test("an hour more or less, as when the clocks change, is none", async () => {
    const shifted: HourlyRate = (at) => office(at < Date.parse("2026-11-25T00:00:00Z") ? at : at + 3_600_000);
    const { goOn, look } = open("2026-11-23T09:00:00Z", "2026-11-27T17:00:00Z", shifted);
    goOn("2026-11-30T07:30:00Z", never);
    expect((await look())?.decision).toBe("wait");
    goOn("2026-11-30T16:30:00Z", never);
    expect((await look())?.decision).toBe("close");
  });
});

describe("hours that traffic explains", () => {
  test("a peak at lunch holds nothing up in the evening", async () => {
    const lunch: HourlyRate = (at) => 20 + between(11, 14, 600)(at);
    const { goOn, look } = open(
      "2026-11-23T09:00:00Z",
      "2026-11-27T10:00:00Z",
      (at) => lunch(at) / 24,
      lunch,
    );
    goOn("2026-11-27T18:00:00Z", never);
    const decision = await look();
    expect(decision?.decision).toBe("close");
    expect(decision?.reason).not.toContain("the hours at which");
  });

  test("an error at every hour closes by night", async () => {
    const { goOn, look } = open("2026-11-23T09:00:00Z", "2026-11-27T17:00:00Z", () => 4);
    goOn("2026-11-28T02:00:00Z", never);
    const decision = await look();
    expect(decision?.decision).toBe("close");
    expect(decision?.reason).not.toContain("the hours at which");
  });
});
