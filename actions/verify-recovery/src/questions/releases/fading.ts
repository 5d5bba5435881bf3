import type { Fading, ReleasesFact } from "./facts.ts";
import { HOURS_OF_DAY, type Left, weighAbsence, weighFall } from "./fade.ts";
import { countLeft, hasPassedOn, isLow, maySleep } from "./sleep.ts";
import type { SplitTraffic } from "./traffic.ts";

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
  const first = Math.max(HOURS_OF_DAY, (traffic?.length ?? 0) - NEWEST_HOURS);
  const isPassedOn =
    traffic === undefined ||
    hasPassedOn(
      traffic.slice(first - HOURS_OF_DAY, Math.max(0, traffic.length - HOURS_OF_DAY)),
      traffic.slice(first),
    );
  const weigh = (hours: readonly Left[], scatter: number, isHushed: boolean): Fading => ({
    gone: round(weighAbsence(hours, scatter, isHushed ? HOURS_OF_DAY : 0)),
    falls: isPassedOn ? round(weighFall(hours, scatter)) : 0,
  });
  return {
    fading: {
      errors: weigh(errors, dispersion, sleeps && isLow(traffic)),
      traffic: traffic ? weigh(traffic.map(countLeft), 1, sleeps) : null,
    },
    ...(sleeps ? { sleeps } : {}),
  };
}
