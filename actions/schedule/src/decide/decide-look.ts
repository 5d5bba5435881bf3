import type { OpenWork, SwitchFacts } from "../facts.ts";
import { type Stop, whoseStop } from "./whose-stop.ts";

/** What is due. */
export type DueSwitch = { readonly due: "" | "on" | "off"; readonly stop: Stop };

/**
 * Decides what is due. Pure.
 * @param isSweep whether the run came by the clock. What happened just now asks for `on` even if the workflow is on: a sweep
 *   that saw nothing open a minute ago may be about to switch it off.
 */
export function decideLook(facts: SwitchFacts, { open, watched }: OpenWork, isSweep: boolean): DueSwitch {
  const stop = whoseStop(facts);
  const isNeeded = open.length + watched.length > 0;
  if (!isNeeded) return { due: stop === "none" ? "off" : "", stop };
  const mayLift = stop === "ours" || stop === "inactivity";
  return { due: mayLift || (stop === "none" && !isSweep) ? "on" : "", stop };
}
