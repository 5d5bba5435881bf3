import { DAY, HOUR } from "@patchpilot/time";
import type { ReleasesFact } from "./facts.ts";

/** Under this share of the old errors, old releases are no large part of what was. */
const LITTLE = 0.1;

/** Within these hours after now old releases have to fade below that. */
const FADED_WITHIN = (7 * DAY) / HOUR;

/** The rest of the traffic names no release, or is a bot's. */
const NEARLY_ALL = 0.95;

/** Old releases that raise a quarter of what was are said to be gone in 12 % of cases, as a fix that leaves a quarter. */
const ABSENT = Math.log(1 / 0.12);

/** Fewer errors show no fading. */
const LEAST_ERRORS = 5;

/** Something was deployed, but traffic and errors name only releases that lack the fix. */
export function isNowhere({ rows, fixed, old, lately: { share, sure } }: ReleasesFact): boolean {
  if (fixed.errors > 0 || (fixed.traffic ?? 0) > 0 || rows.some(({ holds }) => holds !== false)) return false;
  // A name may outlive a deployment: without its commit only errors show that it was none.
  return (sure ?? 0) >= NEARLY_ALL || (old.errors >= LEAST_ERRORS && (share ?? 1) >= NEARLY_ALL);
}

/**
 * Whether production has the fix as far as its releases show: what still raises a large part of the old errors without it
 * holds a recovery up, unless it fades; so does traffic that is nearly all without it.
 */
export function isRolledOut(releases: ReleasesFact): boolean {
  const { old, lately } = releases;
  if (isNearlyAll(releases)) return false;
  // Those who update late lack the fix for sure: what may hold it, and raises it, shows that it does not help.
  if (releases.mayStay) return lately.unsure < 2 || lately.unsure <= LITTLE * countUsual(releases);
  if (old.errors === 0 || lately.absence >= ABSENT) return true;
  return isExplained(releases) ? isLeaving(releases) : isCalming(releases);
}

/** Nearly all traffic lacks the fix by its commits. */
export const isNearlyAll = ({ lately: { sure } }: ReleasesFact): boolean => (sure ?? 0) >= NEARLY_ALL;

/** What was raised before in as much traffic; of what no traffic explains, at most what was raised in as many hours. */
function countUsual(releases: ReleasesFact): number {
  const { expected, byHours } = releases.lately;
  return isExplained(releases) ? expected : Math.min(expected, byHours);
}

/** Old releases raise what their traffic raised before, so they are clients, or servers that are counted. */
export function isExplained({ lately: { errors, byTraffic } }: ReleasesFact): boolean {
  return byTraffic !== null && byTraffic > 0 && errors <= Math.min(4 * byTraffic, 2 * byTraffic + 2);
}

/** Their traffic fades. */
function isLeaving(releases: ReleasesFact): boolean {
  return isShrinking(releases) || isUpdated(releases);
}

/**
 * Their share of the traffic is significantly less in the second half of the time since the deploy (two proportions, 1 %, one
 * side), and at that pace under a tenth is left within seven days.
 */
function isShrinking({ halves, lately: { share }, hours }: ReleasesFact): boolean {
  const [first, second] = halves;
  if (first === undefined || second === undefined || share === null) return false;
  if (second.share >= first.share || second.traffic === 0 || first.traffic === 0) return false;
  const pooled =
    (first.share * first.traffic + second.share * second.traffic) / (first.traffic + second.traffic);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.traffic + 1 / second.traffic));
  if (first.share - second.share < 2.33 * error) return false;
  if (second.share === 0) return true;
  const pace = Math.log(first.share / second.share) / (hours / 2);
  return share * Math.exp(-pace * FADED_WITHIN) < LITTLE;
}

/**
 * Of versions that people install most are already replaced, and at the pace since the deploy, before which all were old,
 * under a tenth is left within seven days of it. What we deploy ourselves does not linger: there it was not restarted.
 */
function isUpdated({ lately: { share }, installed, hours }: ReleasesFact): boolean {
  if (!installed || share === null || share >= 0.5) return false;
  return share <= LITTLE || (hours * Math.log(LITTLE)) / Math.log(share) <= FADED_WITHIN;
}

/**
 * Traffic does not show who raises them: then their errors have to fall by themselves, to less than half of what was, with a
 * slope that is three standard errors below zero, and under a tenth within seven days.
 */
function isCalming(releases: ReleasesFact): boolean {
  const { trend, old, lately } = releases;
  const left = lately.errors / countUsual(releases);
  if (trend === undefined || old.errors < LEAST_ERRORS || left >= 0.5) return false;
  if (trend.slope + 3 * trend.error >= 0) return false;
  return left * Math.exp(trend.slope * FADED_WITHIN) < LITTLE;
}
