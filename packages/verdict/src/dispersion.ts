import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import type { Series } from "./series.ts";

/**
 * How much burstier the errors came than chance would have it: the sample variance of active buckets over
 * blocks of equal exposure, divided by their mean; never under 1. A nightly batch gives 10 and more.
 *
 * @param baseline buckets before the deploy, exposure clipped
 * @param total their exposure
 */
export function estimateDispersion(baseline: Series, total: number): number {
  const known = baseline.exposure.reduce((count, x) => count + (Number.isNaN(x) ? 0 : 1), 0);
  const blocks = Math.round(known / BUCKETS_PER_HOUR / RULE.blockHours);
  if (blocks < 2 || total <= 0) return RULE.shortDispersion;
  const ratio = varianceToMean(activePerBlock(baseline, total, blocks));
  return Math.max(blocks < RULE.fewBlocks ? RULE.shortDispersion : 1, ratio);
}

function activePerBlock({ events, exposure }: Series, total: number, blocks: number): number[] {
  const active = new Array<number>(blocks).fill(0);
  let before = 0;
  for (let i = 0; i < exposure.length; i++) {
    const x = exposure[i] ?? Number.NaN;
    if (Number.isNaN(x)) continue;
    if ((events[i] ?? 0) > 0) {
      const block = Math.min(blocks - 1, Math.floor((blocks * (before + x / 2)) / total));
      active[block] = (active[block] ?? 0) + 1;
    }
    before += x;
  }
  return active;
}

function varianceToMean(counts: readonly number[]): number {
  const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  if (mean === 0) return 0;
  const squares = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0);
  return squares / (counts.length - 1) / mean;
}
