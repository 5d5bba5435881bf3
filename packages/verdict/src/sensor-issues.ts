/** Errors of one other issue, in the time before the deploy and since. */
export type IssueCount = { readonly before: number; readonly since: number };

/** What is left of every issue where the sensor is all but dead. */
const LEFT = 0.1;

/**
 * Log odds that other errors arrive and only some of their causes have ended, against "a tenth of each arrives". In the
 * first case each issue has, as likely, ended, fallen to a tenth, or continued as before; in the second it has ended, or has a
 * tenth. So one loud cause that ends says nothing, and what continues says much. The counts are Poisson.
 *
 * @param exposed exposure before the deploy and since
 */
export function weighSurvivors(
  issues: readonly IssueCount[],
  { E0, E }: { readonly E0: number; readonly E: number },
): number {
  if (E0 <= 0) return 0;
  return issues.reduce((sum, { before, since }) => sum + weighSurvivor((before * E) / E0, since), 0);
}

function weighSurvivor(expected: number, seen: number): number {
  if (expected === 0) return 0;
  // Relative to the likelihood of a tenth.
  const asBefore = seen * Math.log(1 / LEFT) - (1 - LEFT) * expected;
  const ended = seen === 0 ? Math.exp(LEFT * expected) : 0;
  return Math.log((ended + 1 + Math.exp(Math.min(600, asBefore))) / 3) - Math.log((ended + 1) / 2);
}
