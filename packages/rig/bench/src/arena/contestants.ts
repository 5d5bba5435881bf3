import { asShipped } from "./as-shipped.ts";
import type { Contestant } from "./contestant.ts";
import { dayCount, rankTest } from "./rivals/counting-rivals.ts";
import { enterRival } from "./rivals/enter-rival.ts";
import { sentryAutoResolve, thirtyQuietMinutes, windowByRate } from "./rivals/quiet-rivals.ts";

/** Everybody who judges, our rule first. */
export const CONTESTANTS: readonly Contestant[] = [
  asShipped,
  ...[dayCount, windowByRate, rankTest, sentryAutoResolve, thirtyQuietMinutes].map(enterRival),
];
