import type { choose } from "@patchpilot/action-dispatch/decide/choose";
import { type Settlement, settleAttempt } from "@patchpilot/action-dispatch/decide/settle";
import type { DispatchFacts, DispatchSettings } from "@patchpilot/action-dispatch/facts";
import type { Config } from "./config.ts";

export type JudgedChoice = ReturnType<typeof choose>;

/** `settleAttempt`, unless a control takes it away. */
export function settleWithout(
  { without }: Config,
  facts: DispatchFacts,
  settings: DispatchSettings,
): Settlement {
  const settlement = settleAttempt(facts, settings);
  const at = new Date(settings.now).toISOString();
  if (without === "settled-first" && (settlement.kind === "in-flight" || settlement.kind === "close"))
    return { kind: "settled", outcome: "failed", gate: { state: "closed", outcome: "failed", at } };
  const claim = facts.claims.at(-1)?.fact;
  if (
    without === "lease" &&
    settlement.kind === "in-flight" &&
    claim !== "unreadable" &&
    claim?.state === "intent"
  )
    return { kind: "takeover", fact: claim };
  const isByRun = settlement.kind === "close" && facts.pullRequest === undefined;
  return without === "ended-runs-seen" && isByRun
    ? { kind: "in-flight", reason: "its run has ended" }
    : settlement;
}

/** What was chosen, unless a control takes a rule away. */
export function chooseWithout({ without }: Config, choice: JudgedChoice, facts: DispatchFacts): JudgedChoice {
  const last = facts.claims.at(-1);
  if (last === undefined || last.fact === "unreadable" || facts.gate.state !== "present") return choice;
  const next = { kind: "claim", attempt: last.attempt + 1 } as const;
  if (without === "outcomes-cause" && choice.kind === "claim" && choice.cause.startsWith("outcome/"))
    return { kind: "skip", reason: "in-flight", detail: "nothing is asked for" };
  if (without === "cause-once" && choice.kind === "claim") return { ...next, cause: last.fact.cause };
  const isOver = facts.gate.fact.state === "closed" && facts.gate.fact.ending === "interrupted";
  return without === "interruptions-without-end" && choice.kind === "skip" && isOver
    ? { ...next, cause: `outcome/a${last.attempt}` }
    : choice;
}
