import type { Opening } from "./decide/choice.ts";
import { type Booked, bookAttempt, sumBooked } from "./decide/spend.ts";
import type { Cap, DispatchSettings } from "./facts.ts";

/** What the caps of a day and of a month leave once these attempts have reserved theirs, one sentence each. Pure. */
export function describeLeft(
  booked: Booked,
  openings: readonly Opening[],
  { spend, now }: Pick<DispatchSettings, "spend" | "now">,
): string[] {
  const after = openings.reduce((sum, opening) => {
    const next = bookAttempt(sum, opening, spend, now);
    return typeof next === "string" ? sum : next;
  }, booked);
  return spend.caps
    .filter(({ scope }) => scope !== "incident")
    .map((cap) => describeCap(cap, Math.max(0, cap.most - sumBooked(after, cap, now))));
}

function describeCap({ currency, scope, most }: Cap, left: number): string {
  const time = scope === "day" ? "today (UTC)" : "this month (UTC)";
  return currency === "usd"
    ? `$${left.toFixed(2)} of $${most.toFixed(2)} is left for attempts ${time}.`
    : `${Math.floor(left)} of ${most} minutes are left for attempts ${time}.`;
}
