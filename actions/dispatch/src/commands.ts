import type { Facts, Settings } from "./facts.ts";
import { highestClaim, isSpent, redispatchCause } from "./settle.ts";

/** An outcome of an earlier episode opens nothing: the new episode's acceptance does. */
export function sameEpisode(facts: Facts): boolean {
  const claim = highestClaim(facts);
  return claim !== undefined && claim.fact !== "unreadable" && claim.fact.episode === facts.incident.episode;
}

/** A person's call for one more attempt that no claim names yet. */
export function unspentCommand(facts: Facts, settings: Settings): string | undefined {
  const redispatch = redispatchCause(settings);
  if (settings.redispatch && !isSpent(facts, redispatch)) return redispatch;
  return unspentLabel(facts, "retry");
}

/** The event of a label by somebody who may command, until a claim names it. */
export function unspentLabel(facts: Facts, command: "accept" | "retry"): string | undefined {
  const event = facts.incident.issue.commands.find((each) => each.command === command);
  if (!facts.vouchedBy[command] || event === undefined) return undefined;
  const cause = `label/${event.eventId}`;
  return isSpent(facts, cause) ? undefined : cause;
}
