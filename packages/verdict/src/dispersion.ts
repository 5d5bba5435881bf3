import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { activeShare, saturationRate } from "./saturation.ts";
import type { Series, SeriesTally } from "./series.ts";

/**
 * How much burstier the errors came than chance would have it; never under 1. A nightly batch gives 10 and more.
 * The sample variance of active buckets over blocks of equal exposure, divided by their mean (the index of
 * dispersion), with two corrections for errors so frequent that buckets saturate. A block is compared with what
 * saturation lets it hold, since the same exposure fills more buckets by night than by day. And where hardly a
 * bucket stays inactive, none can be active twice, which hides bursts (a binomial's variance is its mean times
 * the share of failures): the ratio is divided by the inactive share where that is under `muchInactive`.
 *
 * @param baseline buckets before the deploy, exposure clipped
 * @param tally what was counted in them
 */
export function estimateDispersion(baseline: Series, tally: SeriesTally): number {
  const { phi, blocks } = measureStray(baseline, tally);
  if (blocks < 2) return RULE.shortDispersion;
  return Math.max(blocks < RULE.fewBlocks ? RULE.shortDispersion : 1, phi);
}

/**
 * How bursty the errors came, by a prior in the place of a least value: the largest index of dispersion over blocks from a
 * quarter of an hour to six, drawn towards what is expected with the weight of a few errors. Never below the estimate.
 * Longer blocks than those of the plain estimate are asked only if there are enough to be sure of it.
 *
 * @param baseline buckets before the deploy, exposure clipped
 * @param tally what was counted in them
 */
export function estimateSpread(baseline: Series, tally: SeriesTally): number {
  const { blockHours, expected, weight } = RULE.spread;
  const strays = blockHours.map((hours) => ({ hours, ...measureStray(baseline, tally, hours) }));
  const sure = strays.filter(({ hours, blocks }) => hours <= RULE.blockHours || blocks >= 2 * RULE.fewBlocks);
  const most = Math.max(1, ...sure.map(({ phi }) => phi));
  return Math.max(most, (tally.active * most + weight * expected) / (tally.active + weight));
}

/** The estimate without its least value, and the number of blocks that it stands on; under two say nothing. */
export function measureStray(
  baseline: Series,
  tally: SeriesTally,
  blockHours: number = RULE.blockHours,
): { readonly phi: number; readonly blocks: number } {
  const blocks = Math.round(tally.known / BUCKETS_PER_HOUR / blockHours);
  if (blocks < 2 || tally.exposure <= 0) return { phi: 1, blocks: 0 };
  if (tally.active === 0) return { phi: 1, blocks };
  const inactive = 1 - tally.active / (tally.counted + 1);
  const hidden = Math.min(1, inactive / RULE.muchInactive);
  return { phi: strayFromExpected(sumBlocks(baseline, tally, blocks), tally.active) / hidden, blocks };
}

type Blocks = {
  readonly active: Float64Array;
  /** What they would hold if errors came at a steady rate per exposure, up to a common factor. */
  readonly expected: Float64Array;
};

function sumBlocks({ events, exposure }: Series, tally: SeriesTally, blocks: number): Blocks {
  const active = new Float64Array(blocks);
  const expected = new Float64Array(blocks);
  const lam = saturationRate(tally.active, tally.counted, tally.events);
  const mean = tally.exposure / tally.counted;
  let before = 0;
  for (let i = 0; i < exposure.length; i++) {
    const x = exposure[i] ?? Number.NaN;
    if (Number.isNaN(x)) continue;
    const block = Math.min(blocks - 1, Math.floor((blocks * (before + x / 2)) / tally.exposure));
    if ((events[i] ?? 0) > 0) active[block] = (active[block] ?? 0) + 1;
    expected[block] = (expected[block] ?? 0) + activeShare(lam, x, mean);
    before += x;
  }
  return { active, expected };
}

function strayFromExpected({ active, expected }: Blocks, total: number): number {
  const factor = total / expected.reduce((sum, n) => sum + n, 0);
  const squares = active.reduce((sum, n, block) => sum + (n - factor * (expected[block] ?? 0)) ** 2, 0);
  return squares / (active.length - 1) / (total / active.length);
}
