import { bucketInDay, type LatencyBucket, sumSlow } from "./latency-buckets.ts";

/**
 * How much more the share of slow requests varies between buckets of the same hour than chance would have it:
 * Pearson's statistic over its degrees of freedom (McCullagh and Nelder, Generalized Linear Models, 4.5.2).
 *
 * @param windows the same hours of several days
 * @returns the quotient, 1 where chance explains it all; 0 where it cannot be told
 */
export function hourlyDispersion(windows: readonly (readonly LatencyBucket[])[]): number {
  const buckets = windows.flat();
  const groups = windows.length < 2 ? [buckets] : [...groupByHour(buckets).values()];
  let chi = 0;
  let freedom = 0;
  for (const group of groups) {
    const { samples, above } = sumSlow(group);
    const share = (above ?? 0) / samples;
    if (!(share > 0 && share < 1)) continue;
    for (const bucket of group) chi += pearson(bucket.samples, bucket.above ?? 0, share);
    freedom += group.length - 1;
  }
  return freedom === 0 ? 0 : chi / freedom;
}

/**
 * The same between days. Requests of one day share that day's luck, so that the quotient grows with their
 * number; it is brought to `samples` requests.
 *
 * @param windows the same hours of several days
 * @param samples requests of the window that is to be judged
 */
export function dailyDispersion(windows: readonly (readonly LatencyBucket[])[], samples: number): number {
  const days = windows.map(sumSlow);
  const total = days.reduce((sum, day) => sum + day.samples, 0);
  const share = days.reduce((sum, day) => sum + (day.above ?? 0), 0) / total;
  if (days.length < 2 || !(share > 0 && share < 1)) return 0;
  const chi = days.reduce((sum, day) => sum + pearson(day.samples, day.above ?? 0, share), 0);
  const quotient = chi / (days.length - 1);
  return quotient <= 1 ? quotient : 1 + ((quotient - 1) * samples * days.length) / total;
}

function pearson(samples: number, above: number, share: number): number {
  return (above - samples * share) ** 2 / (samples * share * (1 - share));
}

function groupByHour(buckets: readonly LatencyBucket[]): Map<number, LatencyBucket[]> {
  const groups = new Map<number, LatencyBucket[]>();
  for (const bucket of buckets) {
    const hour = bucketInDay(bucket);
    const group = groups.get(hour) ?? [];
    groups.set(hour, group);
    group.push(bucket);
  }
  return groups;
}
