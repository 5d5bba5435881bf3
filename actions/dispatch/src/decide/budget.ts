import { claimFact, readAccepted } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import * as z from "zod";
import type { DispatchSettings } from "../facts.ts";
import { type DispatchChoice, type Opening, skip } from "./choice.ts";
import type { Settled } from "./settle.ts";
import { type Booked, bookAttempt } from "./spend.ts";

/** What is left to spend in one run. */
export type Budget = { readonly openings: number; readonly dispatches: number };

const claimsSchema = z.looseObject({ claims: z.record(z.string(), z.unknown()) });

/**
 * What other runs have left over: attempts in flight by their labels, and dispatches in the last hour by the claims
 * that say so, or by the runs that they started. Exact as long as one run dispatches at a time, which `concurrency` in the workflow keeps so.
 */
export function budgetLeft(
  limits: { readonly maxOpen: number; readonly maxPerHour: number; readonly now: number },
  spent: {
    readonly inFlight: number;
    readonly recentClaims: readonly {
      readonly name: string;
      readonly message: string;
      readonly at: string;
    }[];
    /** Workers that started in the last hour, where the claims are too many to be read; else nothing. */
    readonly started?: number;
  },
): Budget {
  const recent = spent.recentClaims.filter(({ at }) => Date.parse(at) > limits.now - HOUR);
  const dispatched = recent.filter(({ name, message }) => isDispatch(name, message)).length;
  return {
    openings: Math.max(0, limits.maxOpen - spent.inFlight),
    dispatches: Math.max(0, limits.maxPerHour - Math.max(dispatched, spent.started ?? 0)),
  };
}

function isDispatch(name: string, message: string): boolean {
  const start = message.indexOf("\n\n");
  const facts = claimsSchema.safeParse(parse(message.slice(start + 2)));
  const fact = claimFact.safeParse(facts.data?.claims[name.split("/").pop() ?? ""]);
  return fact.success && fact.data.state !== "refused";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const RANK: Readonly<Record<string, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** Worst first, then oldest: a budget that runs out leaves the least behind. */
export function byUrgency(a: Settled, b: Settled): number {
  const rank = ({ facts: { incident } }: Settled) =>
    RANK[readAccepted(incident.records, incident.episode)?.severity ?? "low"] ?? 3;
  return rank(a) - rank(b) || a.facts.incident.number - b.facts.incident.number;
}

/** Spends the budget on what was chosen; what does not fit waits for a later run. Pure. */
export function allot(
  chosen: readonly { readonly settled: Settled; readonly choice: DispatchChoice }[],
  budget: Budget,
  booked: Booked,
  settings: Pick<DispatchSettings, "spend" | "now">,
): { readonly openings: Opening[]; readonly choices: Map<Settled, DispatchChoice> } {
  const choices = new Map(chosen.map(({ settled, choice }) => [settled, choice]));
  const openings: Opening[] = [];
  let { openings: open, dispatches } = budget;
  let spent = booked;
  for (const { settled, choice } of [...chosen].sort((a, b) => byUrgency(a.settled, b.settled))) {
    if (choice.kind === "skip") continue;
    // A repeated attempt is in flight already and takes no new place, only a dispatch.
    const needsPlace = choice.kind === "claim";
    if (needsPlace && open <= 0)
      choices.set(
        settled,
        skip("max-open-prs", "`max-open-prs` attempts are in flight; it waits for one to end"),
      );
    else if (dispatches <= 0)
      choices.set(settled, skip("hourly-budget", "`max-dispatches-per-hour` is spent; it waits"));
    else {
      const opening = { facts: settled.facts, choice };
      const after = bookAttempt(spent, opening, settings.spend, settings.now);
      if (typeof after === "string") {
        choices.set(settled, skip("spend-cap", after));
        continue;
      }
      spent = after;
      if (needsPlace) open -= 1;
      dispatches -= 1;
      openings.push(opening);
    }
  }
  return { openings, choices };
}
