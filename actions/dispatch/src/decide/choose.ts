import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import type { DispatchChoice } from "./choice.ts";
import { DISPATCH_RULES } from "./rules.ts";
import type { Settlement } from "./settle.ts";
import { type Standing, standingOf } from "./standing.ts";

/**
 * Chooses for one incident: the first rule that applies decides, else the next attempt is opened. Budgets come after,
 * since they are shared. Pure. `settlement` is what `settleAttempt` said, with a gate that was closed since counted as settled.
 */
export function choose(
  facts: DispatchFacts,
  settlement: Settlement,
  settings: DispatchSettings,
): DispatchChoice {
  const standing = standingOf(facts, settlement, settings);
  const rule = DISPATCH_RULES.find(({ when }) => when(standing));
  return rule === undefined ? openNext(standing) : rule.decide(standing);
}

const openNext = ({ newest, cause, ground }: Standing): DispatchChoice => ({
  kind: "claim",
  attempt: newest.attempt + 1,
  cause,
  ...(Object.keys(ground).length > 0 ? { ground } : {}),
});
