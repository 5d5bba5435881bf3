import { hasBaseline, LOG_THRESHOLD, logRatio } from "./evidence.ts";
import { RULE } from "./rule.ts";
import { makeCounts, type RecoverySummary } from "./summary.ts";

/**
 * Whether as many errors come an hour as before the deploy although there is clearly more traffic. Counted against
 * traffic they became fewer; but if they come from a job or a bot, nothing has changed. The same Gamma-Poisson
 * likelihood ratio as elsewhere (see `logRatio`), with hours in the place of exposure. Pure.
 *
 * Only after most of a day, so a deploy at night is not held against the noon that follows it.
 */
export function hasHourlyRateStayed(summary: RecoverySummary): boolean {
  const { known, known0, E, E0, hours, clock, shut } = summary;
  if (clock || hours < RULE.unchangedAfterHours || shut.includes("sameSampling")) return false;
  const counts = { ...makeCounts(summary), E0: known0, E: known };
  if (!hasBaseline(counts) || !(E / known >= RULE.moreTraffic * (E0 / known0))) return false;
  return logRatio(RULE.unchanged, counts.k0, counts) >= LOG_THRESHOLD;
}
