import type { Random } from "../draws.ts";
import { dayNumber, dayOfWeek, hourOfDay, isInOffice, OFFICE } from "./hours.ts";
import { type Curve, hours, type Plan } from "./plan.ts";
import type { WorldKind } from "./world.ts";

const REST = { operation: () => 1, counted: "project" } as const satisfies Plan;

/** For half an hour at one hour of the day, on the days that are chosen. */
const atFixedTime = (days: (at: number) => boolean, everyDays: number, random: Random): Curve => {
  const hour = Math.floor(random() * 24);
  const isOn = (at: number) => days(at) && hourOfDay(at) >= hour && hourOfDay(at) < hour + 0.5;
  return (_, at) => (isOn(at) ? 2 * 24 * everyDays : 0);
};

const ONE_DAY_IN = 3;
const OUTAGE = { hours: 2, every: 36 } as const;
const USERS = 3;
const SESSION_HOURS = 3;
const AT_WORK = 0.5;

/** On one day in three, drawn, errors come as long as it lasts. */
function someDays(random: Random): Curve {
  const isOn = drawByDay(() => random() < 1 / ONE_DAY_IN);
  return (_, at) => (isOn(dayNumber(at)) ? ONE_DAY_IN : 0);
}

/** Every 36 h for two hours, from any hour on. */
function outages(random: Random): Curve {
  const phase = Math.floor(random() * hours(OUTAGE.every));
  const period = hours(OUTAGE.every);
  return (bucket) =>
    (((bucket + phase) % period) + period) % period < hours(OUTAGE.hours) ? OUTAGE.every / OUTAGE.hours : 0;
}

/** Each user works on half of the workdays, for three hours of the office's. */
function fewUsers(random: Random): Curve {
  const latest = OFFICE.to - OFFICE.from - SESSION_HOURS;
  const users = Array.from({ length: USERS }, () =>
    drawByDay(() => (random() < AT_WORK ? OFFICE.from + random() * latest : Number.NaN)),
  );
  const each = (7 * 24) / (USERS * AT_WORK * OFFICE.days * SESSION_HOURS);
  return (_, at) => {
    if (!isInOffice(at)) return 0;
    const hour = hourOfDay(at);
    const day = dayNumber(at);
    return each * users.filter((began) => hour >= began(day) && hour < began(day) + SESSION_HOURS).length;
  };
}

/** A value of each day that is drawn when the day is first asked for. */
function drawByDay<T>(draw: () => T): (day: number) => T {
  const days = new Map<number, T>();
  return (day) => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const drawn = draw();
    days.set(day, drawn);
    return drawn;
  };
}

const abstain = (name: string, risk: (random: Random) => Curve): WorldKind => ({
  name,
  claim: "abstain",
  plan: (random) => ({ ...REST, risk: risk(random) }),
});

export const RARE_AND_REGULAR: readonly WorldKind[] = [
  abstain("once a day", (random) => atFixedTime(() => true, 1, random)),
  abstain("one day in three", someDays),
  abstain("once a week", (random) => {
    const day = Math.floor(random() * 7);
    return atFixedTime((at) => dayOfWeek(at) === day, 7, random);
  }),
  abstain("outages of 2 h every 36 h", outages),
  abstain("three users in office hours", fewUsers),
];
