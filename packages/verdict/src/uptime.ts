import { estimateDispersion } from "./dispersion.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { type Series, tallySeries } from "./series.ts";

/** An error that begins only when a deployment has run for a while: a leak, a cache that fills, a token that expires. */
export type Uptime = {
  /** Hours after which it began at the latest. */
  readonly began: number;
  /** Hours that a deployment has to run before silence tells anything. */
  readonly needed: number;
  /** It did so after a single deployment only; absent in summaries from before this was asked. */
  readonly once?: true;
};

/** A deployment, from its beginning to the next one's. */
type Stretch = {
  /** Buckets until the first error; of one without an error, all of them. */
  readonly silence: number;
  readonly began: boolean;
  /** Exposure of the silence, and of what came after it. */
  readonly quiet: number;
  readonly loud: number;
  /** Buckets after it, and the active ones among them. */
  readonly length: number;
  readonly active: number;
};

/**
 * Did the error begin only a while after each earlier deployment? Believed if every deployment with an error was silent
 * for an hour at least, none ran longer than that without an error, and the silence cannot be chance at the rate at
 * which the error came afterwards: (T / (T + S))^(k / phi), the chance of no event in exposure S after k in T, where
 * the rate is not known. It takes five active buckets and one deployment, or two if one was silent for over 48 h.
 *
 * @param baseline buckets before the deploy
 * @param starts indices of the buckets in which earlier deployments began
 * @param lead exposure from the last deployment before the baseline up to it; empty: it is not known
 */
export function findUptime(
  baseline: Series,
  starts: readonly number[],
  lead: readonly number[],
): Uptime | null {
  const inside = starts.filter((start) => start >= 0).map((start) => start + lead.length);
  const begins = [...(lead.length > 0 ? [0] : []), ...inside];
  if (begins.length === 0) return null;
  const all = {
    events: [...lead.map(() => 0), ...baseline.events],
    exposure: [...lead, ...baseline.exposure],
  };
  const stretches = cutAt(all, begins);
  const first = stretches.findIndex(({ began }) => began);
  const known = first === -1 ? [] : stretches.slice(first);
  const phi = estimateDispersion(baseline, tallySeries(baseline));
  return isPrecedent(known, phi) ? measureUptime(known) : null;
}

function cutAt({ events, exposure }: Series, begins: readonly number[]): Stretch[] {
  const sorted = [...new Set(begins)].filter((at) => at >= 0 && at < events.length).sort((a, b) => a - b);
  return sorted.map((from, i) => {
    const until = sorted[i + 1] ?? events.length;
    const first = events.findIndex((count, at) => at >= from && at < until && count > 0);
    const loudFrom = first === -1 ? until : first;
    return {
      silence: loudFrom - from,
      began: first !== -1,
      quiet: sum(exposure.slice(from, loudFrom)),
      loud: sum(exposure.slice(loudFrom, until)),
      length: until - loudFrom,
      active: events.slice(loudFrom + 1, until).filter((count) => count > 0).length,
    };
  });
}

function isPrecedent(stretches: readonly Stretch[], phi: number): boolean {
  const begun = stretches.filter(({ began }) => began);
  const longest = Math.max(...begun.map(({ silence }) => silence));
  const hours = (count: number) => count * BUCKETS_PER_HOUR;
  if (begun.length === 0 || begun.some(({ silence }) => silence < hours(RULE.uptime.leastHours)))
    return false;
  if (begun.length === 1 && longest > hours(RULE.uptime.mostHoursOfOne)) return false;
  if (stretches.some(({ began, silence }) => !began && silence > longest)) return false;
  const quiet = sum(begun.map((stretch) => stretch.quiet));
  const loud = sum(begun.map((stretch) => stretch.loud));
  const active = sum(begun.map((stretch) => stretch.active));
  if (active < RULE.uptime.leastActive) return false;
  return (active / phi) * Math.log(loud / (loud + quiet)) <= Math.log(RULE.uptime.chance);
}

/** Waited for beyond the silence: a share of it, and as long as it used to take to show some errors. */
function measureUptime(stretches: readonly Stretch[]): Uptime {
  const begun = stretches.filter(({ began }) => began);
  const longest = Math.max(...begun.map(({ silence }) => silence));
  const perActive = sum(begun.map(({ length }) => length)) / sum(begun.map(({ active }) => active));
  const margin = Math.max(RULE.uptime.margin * longest, RULE.uptime.leastActive * perActive);
  const hours = { began: longest / BUCKETS_PER_HOUR, needed: (longest + margin) / BUCKETS_PER_HOUR };
  return begun.length === 1 ? { ...hours, once: true } : hours;
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, x) => total + (Number.isNaN(x) ? 0 : x), 0);

/**
 * Hours that must pass until a deployment has run for long enough, if none follows. Of an error that began late only
 * once it may as well be that it first occurred then: time counts from the fix on, whatever is deployed in between, or
 * a team that deploys every day would wait for ever.
 *
 * @param restarts hours after the deploy at which the fix was deployed again
 * @returns 0 if one has
 */
export function uptimeMissing({ needed, once }: Uptime, restarts: readonly number[], hours: number): number {
  if (once) return Math.max(0, needed - hours);
  const bounds = [0, ...restarts.filter((at) => at > 0 && at < hours).toSorted((a, b) => a - b), hours];
  const ran = bounds.slice(1).map((until, i) => until - (bounds[i] ?? 0));
  return Math.max(...ran) >= needed ? 0 : Math.max(0, needed - (ran.at(-1) ?? 0));
}
