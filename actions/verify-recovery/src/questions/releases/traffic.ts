import { HOUR } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import type { ExposureHistory, TimeSpan } from "../sources.ts";
import type { CountedTraffic } from "../traffic/count.ts";
import { parseRelease } from "./names.ts";
import type { Placement, ReleaseSighting } from "./order.ts";

/** The newest traffic is that of so many hours: Sentry counts sessions by the hour. */
export const LATELY_MS = 3 * HOUR;

/** An app with less of the traffic has no say. */
const LEAST_SHARE = 0.05;

/** Traffic by whether its release holds the fix. */
export type SplitTraffic = {
  readonly fixed: number;
  readonly old: number;
  /** The part of `old` that lacks the fix by its commit. */
  readonly surelyOld: number;
  /** Of releases of which it is not known, of the rarest ones, and without a release. */
  readonly unknown: number;
  readonly total: number;
};

export type Placements = ReadonlyMap<string, Placement>;

/** Splits the traffic of a span. */
export function splitTraffic(
  exposure: ExposureHistory,
  placements: Placements,
  span: TimeSpan,
): SplitTraffic {
  const split = { fixed: 0, old: 0, surelyOld: 0, unknown: 0, total: 0 };
  const add = (release: string | null, counts: readonly number[]): void => {
    const amount = sumIn(counts, exposure.from, span);
    const placement = release === null ? undefined : placements.get(release);
    split.total += amount;
    if (placement?.holds === true) split.fixed += amount;
    else if (placement?.holds === false) split.old += amount;
    else split.unknown += amount;
    if (placement?.holds === false && placement.by === "commit") split.surelyOld += amount;
  };
  for (const { release, counts } of exposure.releases) add(release, counts);
  add(null, exposure.other);
  return split;
}

/** The same by whole hours, oldest first. */
export const splitByHour = (
  exposure: ExposureHistory,
  placements: Placements,
  { from, until }: TimeSpan,
): SplitTraffic[] =>
  Array.from({ length: Math.floor((until - from) / HOUR) }, (_, hour) => {
    const begin = from + hour * HOUR;
    return splitTraffic(exposure, placements, { from: begin, until: begin + HOUR });
  });

/** When traffic first named each release, which is known as well as traffic is counted. */
export const listFirstNamed = ({ from, releases, width = BUCKET }: ExposureHistory): ReleaseSighting[] =>
  releases.flatMap(({ release, counts }) => {
    const first = counts.findIndex((count) => count > 0);
    return release === null || first === -1 ? [] : [{ release, at: from + first * BUCKET, within: width }];
  });

/** Traffic of each release in a span, the busiest first. */
export function listBusiest(
  exposure: ExposureHistory,
  span: TimeSpan,
): { readonly release: string; readonly amount: number }[] {
  return exposure.releases
    .flatMap(({ release, counts }) =>
      release === null ? [] : [{ release, amount: sumIn(counts, exposure.from, span) }],
    )
    .filter(({ amount }) => amount > 0)
    .toSorted((a, b) => b.amount - a.amount);
}

/** The apps that share a project, by what their releases are named before the `@`; those with little traffic are left out. */
export function listApps(exposure: ExposureHistory, span: TimeSpan): string[] {
  const amounts = new Map<string, number>();
  for (const { release, amount } of listBusiest(exposure, span)) {
    const { app } = parseRelease(release);
    amounts.set(app, (amounts.get(app) ?? 0) + amount);
  }
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  return [...amounts].flatMap(([app, amount]) => (amount >= LEAST_SHARE * total ? [app] : []));
}

/** The traffic of some apps, and what names no release. */
export function narrowToApps(exposure: ExposureHistory, apps: ReadonlySet<string>): ExposureHistory {
  const releases = exposure.releases.filter(
    ({ release }) => release === null || apps.has(parseRelease(release).app),
  );
  return { ...exposure, releases };
}

/** The traffic of the apps whose releases raise the error; if these have none, all of it without its releases. */
export function narrowToFailing(traffic: CountedTraffic, raised: readonly ReleaseSighting[]): CountedTraffic {
  if (traffic.source === "clock" || raised.length === 0) return traffic;
  const own = narrowToApps(traffic.exposure, new Set(nameApps(raised)));
  const isNamed = own.releases.some(({ release }) => release !== null);
  return { ...traffic, exposure: isNamed ? own : { ...traffic.exposure, byRelease: false } };
}

/** The apps that releases belong to. */
export const nameApps = (raised: readonly ReleaseSighting[]): string[] => [
  ...new Set(raised.map(({ release }) => parseRelease(release).app)),
];

/** Where traffic ends: what is later is not counted yet. */
export function endOfTraffic({ from, releases, other }: ExposureHistory): number {
  const length = Math.max(other.length, ...releases.map(({ counts }) => counts.length));
  return from + length * BUCKET;
}

function sumIn(counts: readonly number[], from: number, span: TimeSpan): number {
  const first = Math.max(0, Math.round((span.from - from) / BUCKET));
  const end = Math.max(first, Math.round((span.until - from) / BUCKET));
  return counts.slice(first, end).reduce((sum, count) => sum + count, 0);
}
