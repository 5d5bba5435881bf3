import { readDay } from "./day.js";

export class DeliveryMismatch extends Error {}

export function book(text, now, calendar) {
  const day = readDay(text, now);
  if (day === null) return { booked: false, reason: "no such day" };
  if (!calendar.accepts(day)) throw new DeliveryMismatch(`delivery ${text} was booked for today`);
  return { booked: true, day: day.toISOString().slice(0, 10) };
}
