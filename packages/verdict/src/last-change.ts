import { measureStray } from "./dispersion.ts";
import { logMean } from "./evidence.ts";
import { RULE } from "./rule.ts";
import { activeShare, saturationRate } from "./saturation.ts";
import { type Series, tallySeries } from "./series.ts";

/**
 * The last deployment in the baseline after which the rate had changed: what came before it is no measure of what the
 * fix had to end. Of all of them the most likely one is taken, and those after it are asked again, until none is left.
 * The odds are a mean of likelihood ratios of a changed rate to an unchanged one, discounted for bursts as the rule's
 * evidence is; the more deployments are tried, the higher they must be (Bonferroni).
 *
 * @param baseline buckets before the deploy; those of unknown exposure are not counted
 * @param starts indices of the buckets in which earlier deployments began
 * @returns index of the bucket with which the baseline begins; 0: nothing changed
 */
export function findLastChange(baseline: Series, starts: readonly number[]): number {
  const inside = [...new Set(starts)].filter((start) => start > 0 && start < baseline.exposure.length);
  const needed = Math.log(Math.max(1, inside.length));
  let begin = 0;
  for (;;) {
    const logs = inside
      .filter((start) => start > begin)
      .map((start) => ({ start, log: logChange(baseline, begin, start) }));
    const best = logs.reduce((most, each) => (each.log > most.log ? each : most), { start: 0, log: needed });
    if (best.start === 0) return begin;
    begin = best.start;
  }
}

/** Log of the odds that the rate changed at a bucket, over those needed; never if no error is left to compare with. */
function logChange(baseline: Series, begin: number, start: number): number {
  const before = cut(baseline, begin, start);
  const after = cut(baseline, start);
  const all = cut(baseline, begin);
  const [n1, n2] = [tallySeries(before).active, tallySeries(after).active];
  if (n2 === 0) return Number.NEGATIVE_INFINITY;
  const tally = tallySeries(all);
  const lam = saturationRate(tally.active, tally.counted, tally.events);
  const weigh = ({ exposure }: Series) =>
    exposure.reduce(
      (sum, x) => sum + (Number.isNaN(x) ? 0 : activeShare(lam, x, tally.exposure / tally.counted)),
      0,
    );
  const [w1, w2] = [weigh(before), weigh(after)];
  if (!(w1 > 0 && w2 > 0)) return Number.NEGATIVE_INFINITY;
  const phi = pooledStray([before, after]);
  const logs = [RULE.change.fall, RULE.change.rise].map(({ ratios, threshold }) => {
    const each = ratios.map((ratio) => {
      const same = Math.log((w1 + w2) / (w1 + ratio * w2));
      return (n1 * same + n2 * (same + Math.log(ratio))) / phi;
    });
    return logMean(each) - Math.log(threshold);
  });
  return Math.max(...logs);
}

/**
 * Dispersion around the rate of each part, so the change itself does not count as one. What bursts for hours is seen in
 * longer blocks only, and perhaps in one part: a deploy into such a burst is no change.
 */
function pooledStray(parts: readonly Series[]): number {
  const tallied = parts.map((part) => ({ part, tally: tallySeries(part) }));
  const measured = tallied.map(({ part, tally }) => measureStray(part, tally));
  const blocks = measured.reduce((sum, part) => sum + part.blocks, 0);
  const least = blocks < RULE.fewBlocks ? RULE.shortDispersion : 1;
  const pooled = measured.reduce((sum, part) => sum + part.phi * part.blocks, 0) / Math.max(1, blocks);
  const { longBlockHours, lasting } = RULE.change;
  const long = tallied.map(({ part, tally }) => measureStray(part, tally, longBlockHours).phi);
  return Math.max(least, pooled, ...long.filter((phi) => phi > lasting));
}

const cut = ({ events, exposure }: Series, from: number, until?: number): Series => ({
  events: events.slice(from, until),
  exposure: exposure.slice(from, until),
});
