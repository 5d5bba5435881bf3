import { hasLiveFix, type Incident, isAlike, type Phase } from "@patchpilot/incident";
import { byUrgency } from "./budget.ts";
import { type DispatchChoice, skip } from "./choice.ts";
import { labelCause } from "./claims.ts";
import type { Settled } from "./settle.ts";

/** One incident of a run with what was chosen for it. */
type Chosen = { readonly settled: Settled; readonly choice: DispatchChoice };

/**
 * Lets incidents that look alike be repaired one after the other: what one needs may be what ends the others. The rest wait
 * until the first is live or closed, and are judged anew then. What someone asks for does not wait. Pure.
 * @param others incidents that this run only read
 */
export function queueAlike(chosen: readonly Chosen[], others: readonly Incident[]): Chosen[] {
  const busy = [
    ...chosen.filter(isUnderWay).map(({ settled }) => settled.facts.incident),
    ...others.filter((incident) => incident.open && isBusy(incident)),
  ];
  const turns = new Map<Chosen, Chosen>();
  for (const entry of [...chosen].sort(byTurn)) {
    const { incident } = entry.settled.facts;
    const first = isNext(entry) ? busy.find((other) => isAlike(incident, other)) : undefined;
    if (first === undefined) {
      if (entry.choice.kind === "claim") busy.push(incident);
      continue;
    }
    const detail = `issue ${first.number} looks alike and is repaired first; it waits until that is live or closed`;
    turns.set(entry, { ...entry, choice: skip("similar", detail) });
  }
  return chosen.map((entry) => turns.get(entry) ?? entry);
}

/** A new attempt that nobody asked for. The label that vouches for an incident asks for no attempt. */
function isNext({ choice, settled }: Chosen): boolean {
  if (choice.kind !== "claim") return false;
  const { cause } = choice;
  const asked = settled.facts.incident.commands
    .filter(({ command }) => command !== "take-on")
    .map(labelCause);
  return !asked.includes(cause) && !/^(?:review|redispatch)\//.test(cause);
}

const UNDER_WAY: readonly Settled["settlement"]["kind"][] = [
  "in-flight",
  "proposed",
  "takeover",
  "close",
  "loss",
];

/** An attempt is on its way, or its merged fix is on its way to production. */
const isUnderWay = ({ settled, choice }: Chosen): boolean =>
  choice.kind !== "claim" &&
  settled.facts.incident.open &&
  (choice.kind === "repeat" ||
    UNDER_WAY.includes(settled.settlement.kind) ||
    isWaitingForProof(settled.facts.incident));

const BUSY: readonly (Phase | undefined)[] = ["working", "proposed", "requeued"];

const isBusy = (incident: Incident): boolean => BUSY.includes(incident.phase) || isWaitingForProof(incident);

const isWaitingForProof = (incident: Incident): boolean =>
  incident.phase === "verifying" && !hasLiveFix(incident);

/** What was begun comes first. */
function byTurn(a: Chosen, b: Chosen): number {
  const rank = ({ settled }: Chosen) => (settled.facts.incident.phase === "requeued" ? 0 : 1);
  return rank(a) - rank(b) || byUrgency(a.settled, b.settled);
}
