import { asShipped } from "./as-shipped.ts";
import type { Contestant } from "./contestant.ts";
import { dayCount, rankTest } from "./rivals/counting-rivals.ts";
import { enterRival } from "./rivals/enter-rival.ts";
import { sentryAutoResolve, thirtyQuietMinutes, windowByRate } from "./rivals/quiet-rivals.ts";

/** Everybody who judges. */
export const CONTESTANTS: readonly Contestant[] = [
  asShipped,
  ...[dayCount, windowByRate, rankTest, sentryAutoResolve, thirtyQuietMinutes].map(enterRival),
];

/** Everybody, the one that is taken for ours first. */
export const lineUp = (ours: string): Contestant[] =>
  CONTESTANTS.toSorted((a, b) => Number(b.name === ours) - Number(a.name === ours));
