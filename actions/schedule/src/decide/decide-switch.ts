import type { SwitchFacts } from "../facts.ts";
import { type Stop, whoseStop } from "./whose-stop.ts";

export type SwitchStep =
  | { readonly kind: "nothing"; readonly stop: Stop }
  /** Write down `off`, switch off, and write down when that shows. */
  | { readonly kind: "off" }
  /** Switch on, and write down `on`. */
  | { readonly kind: "on"; readonly isLifted: boolean }
  /** It is as it should be, and the note says otherwise. */
  | { readonly kind: "note"; readonly state: "on" | "off" };

/** Decides how a workflow is brought to a state, without undoing what someone else did. Pure. */
export function decideSwitch(facts: SwitchFacts, to: "on" | "off"): SwitchStep {
  const stop = whoseStop(facts);
  const { note } = facts.kept;
  if (to === "off") {
    if (stop === "none") return { kind: "off" };
    const isUnseen = stop === "ours" && note?.seenAt === undefined;
    return isUnseen ? { kind: "note", state: "off" } : { kind: "nothing", stop };
  }
  if (stop === "ours" || stop === "inactivity") return { kind: "on", isLifted: stop === "inactivity" };
  if (stop === "none" && note?.state === "off") return { kind: "note", state: "on" };
  return { kind: "nothing", stop };
}
