import type { Fading, ReleasesFact } from "./facts.ts";
import { type Left, weighAbsence, weighFall } from "./fade.ts";
import { hasPassedOn, isLow, leftOf, maySleep } from "./sleep.ts";
import type { SplitTraffic } from "./traffic.ts";

const DAY_HOURS = 24;

/** They are compared with the same hours a day before. */
const NEWEST_HOURS = 6;

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/**
 * What shows that releases without the fix go: their errors, and their traffic. What may only sleep has to be silent for a day.
 *
 * @param errors hours since the deploy, oldest first
 * @param dispersion of the errors
 * @param traffic the same hours; undefined: it names no releases
 * @param before hours of all traffic before the deploy
 */
export function weighFading(
  errors: readonly Left[],
  dispersion: number,
  traffic: readonly SplitTraffic[] | undefined,
  before: readonly SplitTraffic[],
): Pick<ReleasesFact, "fading" | "sleeps"> {
  const sleeps = traffic !== undefined && maySleep(traffic, before);
  const first = Math.max(DAY_HOURS, (traffic?.length ?? 0) - NEWEST_HOURS);
  const isPassedOn =
    traffic === undefined ||
    hasPassedOn(
      traffic.slice(first - DAY_HOURS, Math.max(0, traffic.length - DAY_HOURS)),
      traffic.slice(first),
    );
  const weigh = (hours: readonly Left[], scatter: number, isHushed: boolean): Fading => ({
    gone: round(weighAbsence(hours, scatter, isHushed ? DAY_HOURS : 0)),
    falls: isPassedOn ? round(weighFall(hours, scatter)) : 0,
  });
  return {
    fading: {
      errors: weigh(errors, dispersion, sleeps && isLow(traffic)),
      traffic: traffic ? weigh(traffic.map(leftOf), 1, sleeps) : null,
    },
    ...(sleeps ? { sleeps } : {}),
  };
}
