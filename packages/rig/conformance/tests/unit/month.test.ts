import { assertNoViolations } from "@patchpilot/simulators/github";
import { DAY, HOUR } from "@patchpilot/time";
import { expect, inject, test } from "vitest";
import { createIntakeWorld } from "../../worlds/intake-world.ts";
import { billedMinutes } from "../../worlds/month/bill.ts";
import { putDownBustle } from "../../worlds/month/lives.ts";
import { type FoundIncident, playLostEvents } from "../../worlds/month/lost-events.ts";
import { openMonth } from "../../worlds/month/open-month.ts";
import { playRelapse } from "../../worlds/month/relapses.ts";

const MONTH = 31 * DAY;
const INCIDENTS_A_MONTH = 5;

/** Seeds of the worlds that are played: one in `npm test`, a hundred in `npm run test:histories`. In the first, the clock finds three. */
const seeds = Array.from({ length: inject("months") }, (_, index) => index + 3);

test("an idle month with 620 deployments, 150 issues and 150 comments bills at most 70 minutes", async () => {
  const world = createIntakeWorld();
  const actions = ["intake", "schedule", "verify-recovery"] as const;
  const month = await openMonth(world, { form: "while open", actions, lasts: DAY + MONTH });
  // On the first day the ticks are still on, until a sweep finds nothing open.
  await month.playUntil(world.clock.now() + DAY);
  const before = month.bill.jobs().length;
  const heard = month.runner.runs.length;
  putDownBustle(world, month, { deployments: 20, talk: 300 }, MONTH, 1);
  await month.playUntil(world.clock.now() + MONTH);
  expect(month.runner.runs.length - heard).toBeGreaterThan(300);
  expect(billedMinutes(month.bill.jobs().slice(before))).toBeLessThanOrEqual(70);
  expect(month.runner.runs.filter(({ conclusion }) => conclusion === "failure")).toEqual([]);
  assertNoViolations(world.simulator);
  await month.close();
});

const hoursOf = ({ opened, accepted = Number.POSITIVE_INFINITY }: FoundIncident) =>
  (accepted - opened) / HOUR;

test("no incident is lost where GitHub loses one event of five, sweeps late, and is out for half a day", async () => {
  const found: FoundIncident[] = [];
  for (const seed of seeds) found.push(...(await playLostEvents("while open", INCIDENTS_A_MONTH, seed)));
  const slowest = (inOutage: boolean) =>
    Math.max(0, ...found.filter((each) => each.inOutage === inOutage).map(hoursOf));
  console.info(
    `${found.length} incidents, ${found.filter((each) => hoursOf(each) > 0).length} of them found by the clock: after at most ${slowest(false).toFixed(1)} h, and ${slowest(true).toFixed(1)} h around the outage.`,
  );
  expect(found).toHaveLength(seeds.length * INCIDENTS_A_MONTH);
  expect(found.filter(({ accepted }) => accepted === undefined)).toEqual([]);
  expect(slowest(false)).toBeLessThanOrEqual(21);
});

test("a month in which nothing starts by the clock loses incidents", async () => {
  const found = await playLostEvents("while open", INCIDENTS_A_MONTH, 3, { startsByClock: false });
  expect(found.some(({ accepted }) => accepted === undefined)).toBe(true);
});

test("an error that comes back while the ticks are off is found by the second sweep at the latest", async () => {
  const relapses: Awaited<ReturnType<typeof playRelapse>>[] = [];
  for (const seed of seeds) relapses.push(await playRelapse(seed));
  expect(relapses.filter(({ wasOff }) => !wasOff)).toEqual([]);
  expect(relapses.filter(({ sweeps = Number.POSITIVE_INFINITY }) => sweeps > 2)).toEqual([]);
});
