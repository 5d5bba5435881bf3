import { HOUR, WEEK } from "@patchpilot/time";
import type { Fading, ReleasesFact } from "./facts.ts";
import { LITTLE, MUCH } from "./fade.ts";

/** The rest of the traffic names no release, or is a bot's. */
const NEARLY_ALL = 0.95;

/** Old releases that raise a quarter of what was are said to be gone in 12 % of cases, as a fix that leaves a quarter. */
const ABSENT = Math.log(1 / 0.12);

/** What stays as it is seems to fall so fast in 1 % of cases. */
const FALLS = Math.log(100);

/** Under this share of the traffic most of those who install a version have the next one. */
const MINORITY = 0.5;

/** People have replaced what they install within a week; what stays longer is read as what stays. */
const REPLACED_WITHIN_HOURS = WEEK / HOUR;

/** Fewer errors are no rate. */
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
  const { old, lately, fading } = releases;
  if (isNearlyAll(releases)) return false;
  // Those who update late lack the fix for sure: what may hold it, and raises it, shows that it does not help.
  if (releases.mayStay) return lately.unsure < 2 || lately.unsure <= LITTLE * countUsual(releases);
  if (old.errors === 0 || hasFaded(fading.errors)) return true;
  if (!isExplained(releases) || fading.traffic === null) return false;
  return hasFaded(fading.traffic) || isUpdated(releases);
}

const hasFaded = ({ gone, falls }: Fading): boolean => gone >= ABSENT || falls >= FALLS;

/** Nearly all traffic lacks the fix by its commits. */
export const isNearlyAll = ({ lately: { sure } }: ReleasesFact): boolean => (sure ?? 0) >= NEARLY_ALL;

/** What was raised before in as much traffic; of what no traffic explains, at most what was raised in as many hours. */
function countUsual(releases: ReleasesFact): number {
  const { expected, byHours } = releases.lately;
  return isExplained(releases) ? expected : Math.min(expected, byHours);
}

/** Old releases raise what their traffic raised before, so they are clients, or servers that are counted. */
export function isExplained({ lately: { errors, byTraffic }, since }: ReleasesFact): boolean {
  if (byTraffic === null || byTraffic === 0 || hidesWorker(since)) return false;
  return errors <= Math.min(4 * byTraffic, 2 * byTraffic + 2);
}

/**
 * Whether their traffic and a worker beside it, which raises a quarter of all that was, explain the errors since the deploy
 * better than their traffic alone: by likelihood, both Poisson. The newest hours alone have too few for it at each look.
 */
function hidesWorker({ errors, expected, byTraffic }: ReleasesFact["since"]): boolean {
  if (!byTraffic) return true;
  return errors * Math.log(1 + (MUCH * expected) / byTraffic) > MUCH * expected;
}

/**
 * Of versions that people install most are already replaced, and at the pace since the deploy, before which all were old,
 * under a tenth is left within seven days of it. What we deploy ourselves does not linger: there it was not restarted.
 */
function isUpdated({ lately: { share }, installed, hours }: ReleasesFact): boolean {
  if (!installed || share === null || share >= MINORITY) return false;
  return share <= LITTLE || (hours * Math.log(LITTLE)) / Math.log(share) <= REPLACED_WITHIN_HOURS;
}
