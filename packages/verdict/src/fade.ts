import { type EvidenceCounts, hasBaseline, logMean } from "./evidence.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { activeRatio } from "./saturation.ts";
import type { Series } from "./series.ts";

/**
 * Half-lives, in hours, in which old clients may leave: tabs within hours, a roll-out within days. Each is twice the last,
 * so none between them is off by more than a factor of 1.4. A shorter one looks like 6 h that begin lower; of a longer one
 * more than half is left when the cap of 48 h comes.
 */
const HALF_LIVES = [6, 12, 24, 48] as const;

/** The shares of the old rate from which such a fall may begin: some clients are new at once. */
const BEGINNINGS = [1, 0.75, 0.5] as const;

/**
 * Log odds that the errors since the deploy are not those of old clients that leave: the mean of "60, 100 or 150 % of the old
 * rate is left" against the fall that explains them best, the old rate integrated out as everywhere (`logRatio`).
 * Asked if releases cannot be split, for then a fix that works looks like a failing one until the fall shows.
 */
export function weighFade(since: Series, counts: EvidenceCounts): number {
  if (!hasBaseline(counts)) return 0;
  const rates = RULE.failing.instead.map((share) => weighShape(since, counts, () => share));
  const falls = BEGINNINGS.flatMap((beginning) =>
    HALF_LIVES.map((halfLife) => weighShape(since, counts, (hours) => beginning * 2 ** (-hours / halfLife))),
  );
  const best = Math.max(...falls);
  return logMean(rates.map((rate) => (rate - best) / counts.phi));
}

/** Log likelihood of the buckets where the rate is `share` of the old one, so many hours after the deploy. */
function weighShape(
  { events, exposure }: Series,
  { k0, E0, lam }: EvidenceCounts,
  share: (hours: number) => number,
): number {
  let active = 0;
  let logs = 0;
  let weighted = 0;
  exposure.forEach((amount, index) => {
    if (Number.isNaN(amount)) return;
    const ratio = activeRatio(share((index + 0.5) / BUCKETS_PER_HOUR), lam);
    weighted += ratio * amount;
    if ((events[index] ?? 0) === 0) return;
    active += 1;
    logs += Math.log(ratio);
  });
  return logs - (k0 + 1 + active) * Math.log(E0 + weighted);
}
