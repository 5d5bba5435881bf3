import { type EvidenceCounts, hasBaseline, LOG_THRESHOLD, logRatio } from "./evidence.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { checkSeries, type Series, tallySeries } from "./series.ts";

/**
 * Did another error become more frequent with the deploy, by exposure? The same Gamma-Poisson ratio as for a recovery,
 * of events, since a frequent error fills every bucket before and after. It must hold against the last hours, the last
 * day and the last week before the deploy: what began hours before it did not begin with it.
 *
 * @param baseline buckets that end at the deploy; at most a week
 * @param since buckets that begin at the deploy
 * @returns false also where there is nothing to compare with
 * @throws RangeError where a series is not one of counts
 */
export function hasRisen(baseline: Series, since: Series): boolean {
  checkSeries("baseline", baseline);
  checkSeries("since", since);
  const { events: c, exposure: E } = tallySeries(since);
  const phi = measureBurstiness(baseline);
  const counts = RULE.risenHours.flatMap((hours): EvidenceCounts[] => {
    const { events: k0, exposure: E0 } = tallySeries(cutTail(baseline, hours * BUCKETS_PER_HOUR));
    return E0 > 0 ? [{ k0, E0, c, E, lam: 0, phi }] : [];
  });
  // One error more than there was, for none in the last hours is not a rate of none.
  return (
    counts.some(hasBaseline) && counts.every((one) => logRatio(RULE.risen, one.k0 + 1, one) >= LOG_THRESHOLD)
  );
}

const cutTail = ({ events, exposure }: Series, length: number): Series => ({
  events: events.slice(-length),
  exposure: exposure.slice(-length),
});

/** Variance over mean of the events of an hour, against what its exposure would have; at least `shortDispersion`. */
function measureBurstiness(baseline: Series): number {
  const { events, exposure } = tallySeries(baseline);
  const hours = Math.floor(baseline.events.length / BUCKETS_PER_HOUR);
  if (hours < 2 || events === 0 || exposure <= 0) return RULE.shortDispersion;
  let squares = 0;
  for (let hour = 0; hour < hours; hour++) {
    const from = hour * BUCKETS_PER_HOUR;
    const until = from + BUCKETS_PER_HOUR;
    const one = tallySeries({
      events: baseline.events.slice(from, until),
      exposure: baseline.exposure.slice(from, until),
    });
    squares += (one.events - (events * one.exposure) / exposure) ** 2;
  }
  return Math.max(RULE.shortDispersion, squares / (hours - 1) / (events / hours));
}
