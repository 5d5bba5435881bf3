import { DAY } from "@patchpilot/time";
import type { OperationHistory } from "../sources.ts";

/** As for the traffic of errors. */
const SAMPLING_FACTOR = 1.5;

type Sampled = Pick<OperationHistory, "buckets" | "sampleRates"> & {
  /** When the fix went live, and from when on is counted. */
  readonly anchor: number;
  readonly begin: number;
};

/**
 * Whether another share of the operation's requests is stored since the deploy than on any day before: other requests may be
 * measured then. A share that wanders between days has not changed. Pure.
 */
export function isResampled({ buckets, sampleRates = [], anchor, begin }: Sampled): boolean {
  const known = buckets.flatMap(({ at, samples }, hour) => {
    const rate = sampleRates[hour];
    return samples > 0 && rate ? [{ at, rate, samples }] : [];
  });
  const since = averageRate(known.filter(({ at }) => at >= begin));
  const days = Map.groupBy(
    known.filter(({ at }) => at < anchor),
    ({ at }) => Math.floor((anchor - at) / DAY),
  );
  const before = [...days.values()].flatMap((hours) => averageRate(hours) ?? []);
  if (since === undefined || before.length === 0) return false;
  return since > SAMPLING_FACTOR * Math.max(...before) || SAMPLING_FACTOR * since < Math.min(...before);
}

function averageRate(
  hours: readonly { readonly rate: number; readonly samples: number }[],
): number | undefined {
  const samples = hours.reduce((sum, hour) => sum + hour.samples, 0);
  return samples === 0 ? undefined : hours.reduce((sum, hour) => sum + hour.rate * hour.samples, 0) / samples;
}
