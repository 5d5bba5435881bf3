import { makeDice } from "../shop/visitors.ts";
import type { Services } from "./services.ts";

const HOUR = 3_600_000;
const EARLIER_HOURS = 8 * 24;

/**
 * What Sentry knows from eight days before: the demo begins too late to send it. As many requests an hour as the real
 * ones until now, with durations drawn from theirs.
 * @param hours how long the real ones came
 */
export function recordEarlierSpans({ sentry }: Services, hours: number): void {
  const dice = makeDice(11);
  const measured = sentry.spans().filter(({ kind }) => kind.isTransaction);
  const first = Math.min(...measured.map(({ at }) => at));
  for (const spans of Map.groupBy(measured, ({ kind }) => kind.transaction).values()) {
    const [one] = spans;
    if (one === undefined) continue;
    const { transaction, op } = one.kind;
    const count = Math.round((spans.length / hours) * EARLIER_HOURS);
    const instants = Array.from({ length: count }, () => first - dice() * EARLIER_HOURS * HOUR);
    const durations = instants.map(() => spans[Math.floor(dice() * spans.length)]?.durationMs ?? 0);
    sentry.recordSpans({ transaction, op, durations, instants });
  }
}
