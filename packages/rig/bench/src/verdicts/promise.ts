/** The most that may be called recovered, or failing, in error. */
export type Promised = { readonly what: string; readonly atMost: number };

const NOTHING_FIXED: Promised = { what: "recovered with nothing fixed", atMost: 0.005 };
const HALF_LEFT: Promised = { what: "recovered with half or more left", atMost: 0.05 };
const QUARTER_LEFT: Promised = { what: "recovered with a quarter or more left", atMost: 0.15 };

/** What is promised of so much left; undefined: to call it recovered is no error. */
export function promiseFor(left: number): Promised | undefined {
  if (left >= 1) return NOTHING_FIXED;
  if (left >= 0.5) return HALF_LEFT;
  return left >= 0.25 ? QUARTER_LEFT : undefined;
}

export const FIX_FAILING: Promised = { what: "a complete fix called failing", atMost: 0.005 };

/** With nothing left no error comes, so a silence that is called recovered is seen with a quarter left, too, in 15 % of cases. */
const LEAST_DUE = -Math.log(QUARTER_LEFT.atMost) / 0.25;
const OVER_LEAST = 1.45;
const MORE_WHERE_FREQUENT = 1 / 3;
/** No rule decides within the first hour. */
const LEAST_HOURS = 1;

/**
 * Hours within which a complete fix must be seen in half of all trials where errors come one by one and traffic is steady: by
 * the least for which any count must wait, -ln(.15) / (.25 rate). Null: so rare that nothing is promised.
 */
export function mostSteadyHours(perHour: number): number | null {
  if (perHour < 0.25) return null;
  const more = perHour >= 5 ? MORE_WHERE_FREQUENT : 0;
  return Math.max(LEAST_HOURS, (OVER_LEAST * LEAST_DUE) / perHour + more);
}
