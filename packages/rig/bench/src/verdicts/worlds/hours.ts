import { DAY, HOUR, WEEK } from "@patchpilot/time";
import { type Curve, MONDAY } from "./plan.ts";

/** What is left of a time after whole periods, also of one before the first. */
const within = (time: number, period: number): number => ((time % period) + period) % period;

/** Hours since midnight, UTC. */
export const hourOfDay = (at: number): number => within(at - MONDAY, DAY) / HOUR;

/** 0: Monday. */
export const dayOfWeek = (at: number): number => Math.floor(within(at - MONDAY, WEEK) / DAY);

/** Whole weeks since the Monday before the deploy; negative before it. */
export const weekNumber = (at: number): number => Math.floor((at - MONDAY) / WEEK);

/** Days since the Monday before the deploy; negative before it. */
export const dayNumber = (at: number): number => Math.floor((at - MONDAY) / DAY);

const PEAK_HOUR = 15;

/** A cycle with mean 1 in which the peak has nine times as much as the night. */
export const daily: Curve = (_, at) => 1 + 0.8 * Math.cos((2 * Math.PI * (hourOfDay(at) - PEAK_HOUR)) / 24);

export const isWeekend = (at: number): boolean => dayOfWeek(at) >= 5;

export const OFFICE = { from: 9, to: 17, days: 5 } as const;

export const isInOffice = (at: number): boolean =>
  dayOfWeek(at) < OFFICE.days && hourOfDay(at) >= OFFICE.from && hourOfDay(at) < OFFICE.to;

/** Nothing outside office hours, and as much in them as makes the mean of a week 1. */
export const inOffice: Curve = (_, at) =>
  isInOffice(at) ? (7 * 24) / (OFFICE.days * (OFFICE.to - OFFICE.from)) : 0;
