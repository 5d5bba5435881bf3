import type { Contestant } from "../contestant.ts";

/** Says the same of everything an hour after the deploy, and so many hours after each close that it is back. */
export const sayAlways = (
  verdict: string,
  { afterHours = 1, backAfterHours }: { afterHours?: number; backAfterHours?: number } = {},
): Contestant => ({
  name: `always ${verdict}`,
  rule: "says it whatever it sees",
  judge: () => ({ verdict, hours: afterHours }),
  findReturn: (_, closedAfter) => (backAfterHours === undefined ? null : closedAfter + backAfterHours),
  watch: () => backAfterHours ?? null,
});
