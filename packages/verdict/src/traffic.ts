import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "./rule.ts";
import { meanKnown, sameHours } from "./same-hours.ts";

/** Less than this share of the traffic of the same hours before counts as none. */
const LEAST_SHARE = 0.05;

/** Longer silence than a long weekend's, at the very start, is the time before the app had any visitors. */
const SILENT_START = 4 * BUCKETS_PER_DAY;

/**
 * Is there traffic now? Looks back from the newest known bucket over as much time as used to bring an hour's
 * mean traffic, so that a quiet night is not taken for an outage.
 *
 * @param baseline exposure of the whole app before the deploy, in buckets that end at it
 * @param since the same since the deploy, over all releases
 * @returns null where nothing is known yet, or nothing can be expected
 */
export const isTrafficAlive = (baseline: readonly number[], since: readonly number[]): boolean | null =>
  expectTraffic(baseline)(since);

/** The same for one baseline and many looks. */
export function expectTraffic(baseline: readonly number[]): (since: readonly number[]) => boolean | null {
  const inUse = sinceFirstTraffic(baseline);
  const expected = sameHours(inUse);
  const enough = meanKnown(inUse) * BUCKETS_PER_HOUR;
  return (since) => {
    let wanted = 0;
    let seen = 0;
    for (let i = since.length - 1; i >= 0 && wanted < enough; i--) {
      const x = since[i] ?? Number.NaN;
      if (Number.isNaN(x)) continue;
      seen += x;
      wanted += expected[i % expected.length] ?? 0;
    }
    return wanted === 0 ? null : seen >= LEAST_SHARE * wanted;
  };
}

/** Of an app that is younger than the baseline, what came before it says nothing of the hours to expect. */
function sinceFirstTraffic(baseline: readonly number[]): readonly number[] {
  const first = baseline.findIndex((x) => x > 0);
  return first > SILENT_START ? baseline.slice(first) : baseline;
}
