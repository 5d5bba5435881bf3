import { DAY, HOUR } from "@patchpilot/time";
import type { LatencyBucket } from "@patchpilot/verdict";
import { countLatency, type LatencyCounting } from "../questions/latency/count.ts";
import type { Placement } from "../questions/releases/order.ts";
import type { ReleaseRequests } from "../questions/sources.ts";
import { OPERATION } from "./slow.ts";
import { NOW, SETTINGS } from "./world.ts";

/** Requests of one release since the deploy, hour by hour. */
export type Served = {
  readonly release: string | null;
  readonly holds: boolean | null;
  readonly by?: Placement["by"];
  readonly samples: (hour: number) => number;
  /** Which share of them is slow: a tenth when it was fast, 44 % before the deploy. */
  readonly slow: number;
};

const FAST_SHARE = 0.1;
export const SLOW_SHARE = 0.44;

export const old = (samples: Served["samples"], slow = SLOW_SHARE): Served => ({
  release: "0d0d0d0",
  holds: false,
  samples,
  slow,
});
export const fixed = (samples: Served["samples"], slow = FAST_SHARE): Served => ({
  release: "f1f1f1f",
  holds: true,
  samples,
  slow,
});

/** Counts an operation whose fix has been live for so many hours, by the releases that served it since. */
export function countServed(hours: number, parts: readonly Served[], more: Partial<LatencyCounting> = {}) {
  const anchor = NOW - hours * HOUR;
  const slowFrom = anchor - 2 * DAY;
  const since = Array.from({ length: hours }, (_, hour) => hour);
  const serve = (some: readonly Served[]) => since.map((hour) => addUp(anchor + hour * HOUR, hour, some));
  const before = Array.from({ length: 240 }, (_, i): LatencyBucket => {
    const at = anchor - (240 - i) * HOUR;
    return { at, samples: 50, ...(at >= slowFrom ? { p95: 500, above: 22 } : { p95: 200, above: 5 }) };
  });
  const rows = parts.map(
    ({ release, samples }): ReleaseRequests => ({
      release,
      samples: since.reduce((sum, hour) => sum + samples(hour), 0),
    }),
  );
  const placements = new Map(
    parts.flatMap(({ release, holds, by = "commit" }) =>
      release ? [[release, { holds, by }] as const] : [],
    ),
  );
  const holding = parts.filter(({ holds }) => holds === true);
  const isMixed = holding.length > 0 && holding.length < parts.length;
  const separate = isMixed ? { fixed: { buckets: serve(holding), partial: false } } : {};
  return countLatency({
    operation: { ...OPERATION, slowFrom, fastUntil: slowFrom },
    buckets: [...before, ...serve(parts)],
    releases: { rows, placements, ...separate },
    ...{ anchor, begin: anchor, now: NOW, settings: SETTINGS },
    ...more,
  });
}

function addUp(at: number, hour: number, parts: readonly Served[]): LatencyBucket {
  const samples = parts.reduce((sum, part) => sum + part.samples(hour), 0);
  const above = parts.reduce((sum, part) => sum + part.slow * part.samples(hour), 0);
  return { at, samples, p95: samples === 0 ? null : above > 0.2 * samples ? 500 : 200, above };
}
