import { DAY, HOUR } from "@patchpilot/time";
import { type ClosedApp, openClosedApp } from "../closed-app.ts";
import { findState } from "../live-app.ts";
import { seeded } from "../race/random.ts";
import { DISTURBANCES, isSweep } from "./lost-events.ts";
import { openMonth } from "./open-month.ts";

/** How an error that came back was found. */
export type FoundRelapse = {
  /** Whether the half-hourly workflow was off when it came back. */
  readonly wasOff: boolean;
  /** Sweeps that began after it came back, up to the one that reopened the incident; undefined: none did. */
  readonly sweeps: number | undefined;
};

const SWEEPING = "patchpilot.yml";
/** What of the first week passes with a look every twelve hours instead of every half-hour. */
const WATCHED = 6 * DAY;

async function watch(app: ClosedApp, lasts: number): Promise<void> {
  for (let passed = 0; passed < lasts; passed += 12 * HOUR) {
    app.goOn(12);
    await app.verify();
  }
}

/**
 * An error comes back nine to twenty days after its incident was closed, as often as before. Sweeps start late, and
 * each event has the chance of being lost that `DISTURBANCES` gives.
 */
export async function playRelapse(seed: number): Promise<FoundRelapse> {
  const random = seeded(seed);
  const app = await openClosedApp({ teller: "github" });
  const { clock } = app.test;
  await watch(app, WATCHED);
  const back = clock.now() + Math.floor((3 + random() * 11) * DAY);
  const end = back + 3 * DAY;
  const month = await openMonth(app.test, {
    form: "while open",
    actions: ["intake", "schedule", "verify-recovery"],
    lasts: end - clock.now(),
    isHeard: () => random() >= DISTURBANCES.lost,
    startOf: (due, cron) => (isSweep(cron) ? due + Math.floor(random() * DISTURBANCES.late) : due),
  });
  const release = app.fix;
  for (let from = clock.now(); from < end; from += HOUR)
    month.at(from, () =>
      app.live({ from, until: from + HOUR, release, ...(from >= back ? { crashEvery: 20 } : {}) }),
    );
  await month.playUntil(back);
  const wasOff = month.runner.schedules.every(({ cron }) => isSweep(cron));
  const before = month.runner.runs.length;
  let sweeps: number | undefined;
  for (let now = back; now < end && sweeps === undefined; now += HOUR) {
    await month.playUntil(now);
    const since = month.runner.runs.slice(before).filter(({ workflow }) => workflow.file === SWEEPING);
    if (findState(app).state === "open") sweeps = since.filter(({ event }) => event === "schedule").length;
  }
  await month.close();
  return { wasOff, sweeps };
}
