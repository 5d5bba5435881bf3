import { type IncidentRecord, operationKey } from "@patchpilot/incident";
import type { SlowOperation } from "../questions/case.ts";

/** What the scan asks for by default, where the record does not hold what it asked for. */
const MIN_SAMPLES = 100;

/**
 * The slow operation of an incident. Names that were changed or cut before they were written down are known by the
 * incident's key, which is made of the exact ones; undefined where no search finds them either. Pure.
 *
 * @param onset when it became slow again in a later episode, in milliseconds since the epoch
 */
export function toOperation(
  record: IncidentRecord,
  episode: number,
  onset: number,
): SlowOperation | undefined {
  const { performance, key, environment } = record;
  const organization = /^span:([^/]+)\//.exec(key)?.[1];
  if (performance === undefined || organization === undefined || environment === undefined) return undefined;
  const { operation, query, verdict, threshold, aboveMs, before, breakpoint, window } = performance;
  const isExact = operationKey(organization, environment, operation) === key;
  if (!isExact && query === undefined) return undefined;
  const slowFrom = Date.parse(breakpoint ?? window.from);
  const wasFast = verdict === "regressed";
  return {
    organization,
    ...operation,
    ...(isExact || query === undefined ? {} : { pattern: { search: query, key, environment } }),
    aboveMs: (wasFast ? (aboveMs ?? before?.p95) : undefined) ?? threshold,
    thresholdMs: threshold,
    fastUntil: wasFast ? slowFrom : null,
    slowFrom: record.episode < episode ? Math.max(slowFrom, onset) : slowFrom,
    minSamples: minSamplesIn(performance.numbers) ?? MIN_SAMPLES,
  };
}

function minSamplesIn(numbers: unknown): number | undefined {
  const value = (numbers as { minSamples?: unknown } | null | undefined)?.minSamples;
  return typeof value === "number" ? value : undefined;
}
