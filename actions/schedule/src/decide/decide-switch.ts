import type { SwitchFacts } from "../facts.ts";
import { type Stop, whoseStop } from "./whose-stop.ts";

export type SwitchStep =
  | { readonly kind: "nothing"; readonly stop: Stop }
  /** Write down `off`, switch off, and write down when that shows. */
  | { readonly kind: "off" }
  /** Switch on, and write down `on`. */
  | { readonly kind: "on"; readonly isLifted: boolean };

/**
 * Decides how a workflow is brought to a state, without undoing what someone else did. Pure.
 * A workflow that is on and whose note says `off` needs no other note: a stop at any other instant is not ours. And what looks
 * on may be an old answer, beside which a note that says `on` would disown our stop.
 */
export function decideSwitch(facts: SwitchFacts, to: "on" | "off"): SwitchStep {
  const stop = whoseStop(facts);
  if (to === "off") return stop === "none" ? { kind: "off" } : { kind: "nothing", stop };
  if (stop === "ours" || stop === "inactivity") return { kind: "on", isLifted: stop === "inactivity" };
  return { kind: "nothing", stop };
}
