import { DAY, HOUR } from "@patchpilot/time";
import { createIntakeWorld } from "../intake-world.ts";
import { seeded } from "../race/random.ts";
import { crashIn, noteIssues } from "./incidents.ts";
import { type MonthForm, openMonth } from "./open-month.ts";

/** What GitHub does wrong in a month. */
export const DISTURBANCES = {
  /** Share of events, and of half-hourly schedules, that it loses. */
  lost: 0.2,
  /** How late a sweep starts at most. */
  late: 8 * HOUR,
  /** For how long it starts nothing, once. */
  outage: 12 * HOUR,
} as const;

const LASTS = 30 * DAY;
/** The last incident opens early enough for two sweeps after it. */
const OPENING = LASTS - 2 * DAY;

/** What became of an incident; instants in milliseconds since the epoch. */
export type FoundIncident = {
  readonly opened: number;
  /** undefined: it was lost. */
  readonly accepted: number | undefined;
  /** Whether GitHub was out of order while it waited. */
  readonly inOutage: boolean;
};

/**
 * Plays a month in which GitHub loses events, and incidents open at random instants and are closed by someone.
 * @param options `startsByClock`: false leaves nothing but the events
 */
export async function playLostEvents(
  form: MonthForm,
  incidents: number,
  seed: number,
  { startsByClock = true }: { readonly startsByClock?: boolean } = {},
): Promise<FoundIncident[]> {
  const random = seeded(seed);
  const world = createIntakeWorld({ alerts: false });
  const begin = world.clock.now();
  const outage = begin + Math.floor(random() * (LASTS - DISTURBANCES.outage));
  const isOut = (instant: number) => instant >= outage && instant < outage + DISTURBANCES.outage;
  const month = await openMonth(world, {
    form,
    actions: ["intake", "schedule"],
    lasts: LASTS,
    isHeard: () => !isOut(world.clock.now()) && random() >= DISTURBANCES.lost,
    startOf: (due, cron) => {
      if (!startsByClock) return undefined;
      const start = isSweep(cron) ? due + Math.floor(random() * DISTURBANCES.late) : due;
      return isOut(start) || (!isSweep(cron) && random() < DISTURBANCES.lost) ? undefined : start;
    },
  });
  const opened = noteIssues(world, ({ number, shortId }) =>
    month.at(world.clock.now() + Math.floor((1 + random() * 11) * HOUR), () => {
      world.sentry.setStatus(shortId, "resolved");
      world.world.as("maya").closeIssue(number);
    }),
  );
  for (let nth = 0; nth < incidents; nth += 1)
    month.at(begin + Math.floor(random() * OPENING), () => crashIn(world, `place${nth}`));
  await month.playUntil(begin + LASTS);
  await month.close();
  return opened.map(({ at, accepted }) => ({
    opened: at,
    accepted,
    inOutage: at < outage + DISTURBANCES.outage && (accepted ?? world.clock.now()) >= outage,
  }));
}

/** A line with a list of hours comes a few times a day. */
export const isSweep = (cron: string): boolean => cron.split(" ")[1] !== "*";
