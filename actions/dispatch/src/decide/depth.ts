import type { Groundwork } from "@patchpilot/incident";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";

/** How far a worker may go, from nothing to a pull request. */
const STEPS = ["observe", "plan", "draft-pr"] as const;

/** Autonomy of an attempt, with the reasons for which it is less than the input says. */
export type Depth = { readonly autonomy: DispatchSettings["autonomy"]; readonly reasons: readonly string[] };

/** Below this a failure is guessed more than known: the default of `min-confidence`. */
const SURE = 0.75;
/** Below this, words that anyone may have written are all there is. */
const GUESSED = 0.5;

/**
 * How far the worker of the next attempt may go: never further than the input, and one step less for each way in which
 * the evidence is thin, unless a person vouched for it. Pure.
 * @param ground a plan that a person approved, or a reviewer's change request, vouches for the attempt
 */
export function judgeDepth(
  { incident, vouchedBy }: DispatchFacts,
  settings: DispatchSettings,
  ground: Groundwork,
): Depth {
  const record = incident.records.incident?.data;
  const isVouched = ground.plan !== undefined || ground.continues !== undefined;
  if (record === undefined || isVouched) return { autonomy: settings.autonomy, reasons: [] };
  const thin = vouchedBy["take-on"]
    ? []
    : [
        ...(record.confidence < SURE
          ? [`confidence ${record.confidence.toFixed(2)} is below ${SURE}: someone should see the plan first`]
          : []),
        ...(record.basis === "text" && record.confidence < GUESSED
          ? ["only the issue's text speaks for it, which anyone may have written"]
          : []),
      ];
  const lowered = STEPS[Math.max(0, STEPS.indexOf(settings.autonomy) - thin.length)] ?? "observe";
  if (settings.approval === "label" && lowered === "draft-pr")
    return { autonomy: "plan", reasons: ["`approval: label` asks for a plan first"] };
  return { autonomy: lowered, reasons: lowered === settings.autonomy ? [] : thin };
}
