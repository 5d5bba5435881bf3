import { judgeEvents } from "@patchpilot/incident";
import {
  type CostWindows,
  chooseCostWindows,
  type IncidentCost,
  nameEvents,
  shiftBack,
} from "./decide-cost.ts";
import type { VerifyDecision } from "./facts.ts";
import type { VerifyPorts } from "./ports.ts";
import type { VerifyCase } from "./questions/case.ts";
import { askProvider, type Troubles } from "./questions/reading.ts";
import type { TimeSpan } from "./questions/sources.ts";

type Closing = { readonly case: VerifyCase; readonly decision: VerifyDecision };

/**
 * Counts what each incident that closes cost, and what came back, by the events that `impact` counted: two questions to
 * PostHog each. A close waits for none of it: where PostHog does not answer, the rest is left out with a warning.
 */
export async function readCosts(
  decided: readonly Closing[],
  { countEvents }: Pick<VerifyPorts, "countEvents">,
  troubles: Troubles,
): Promise<ReadonlyMap<number, IncidentCost>> {
  const costs = new Map<number, IncidentCost>();
  if (countEvents === undefined) return costs;
  for (const { case: subject, decision } of decided) {
    const windows = decision.decision === "close" ? chooseCostWindows(subject, decision) : undefined;
    if (subject.impact === undefined || windows === undefined) continue;
    const events = nameEvents(subject.impact);
    const reply = await askProvider(troubles, () => countBoth(events, windows, countEvents));
    if (!reply.answered) break;
    costs.set(subject.issue, reply.value);
  }
  return costs;
}

async function countBoth(
  events: readonly string[],
  windows: CostWindows,
  countEvents: NonNullable<VerifyPorts["countEvents"]>,
): Promise<IncidentCost> {
  const count = async (span: TimeSpan) =>
    judgeEvents(
      await countEvents({
        events,
        incident: toDates(span),
        baseline: toDates(shiftBack(span, windows.weeks)),
      }),
    );
  return { ...windows, during: await count(windows.lasted), after: await count(windows.since) };
}

const toDates = ({ from, until }: TimeSpan) => ({ from: new Date(from), to: new Date(until) });
