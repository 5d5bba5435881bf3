import { attemptKey } from "@patchpilot/incident";
import { type Claim, type Gate, nameSpend } from "@patchpilot/ledger";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { highestClaim } from "./claims.ts";
import type { Settled } from "./settle.ts";
import { type Booked, findBooking } from "./spend.ts";

/** An attempt that can spend no more, and whose entry does not say what it has spent. */
export type EndedSpend = {
  readonly issue: number;
  readonly attempt: number;
  readonly month: string;
  /** The run that passed the gate; undefined: none did, and none will. */
  readonly run: string | undefined;
  /** From when to when it ran, in milliseconds, and how often; undefined: not known. */
  readonly times?: { readonly from: number; readonly to: number; readonly attempt: number } | undefined;
  /** What cannot be read now is asked for no more. */
  readonly isLast: boolean;
};

/** Its pull request is there, or its gate is closed: the work is done. */
const isOver = ({ kind }: Settled["settlement"]): boolean => kind === "proposed" || kind === "settled";

/** The newest attempts that have ended and are only reserved. Pure. */
export function listEndedSpend(
  settled: readonly Settled[],
  booked: Booked,
  settings: DispatchSettings,
): EndedSpend[] {
  return settled.flatMap(({ facts, settlement }): EndedSpend[] => {
    const attempt = highestClaim(facts)?.attempt;
    if (attempt === undefined || !isOver(settlement)) return [];
    const issue = facts.incident.number;
    const booking = findBooking(booked, nameSpend(issue, attempt));
    if (booking?.entry.by !== "reserved") return [];
    const run = facts.gate.state === "present" ? facts.gate.fact.run : undefined;
    // A gate that a replica does not show yet says nothing; a closed one without a run says that nobody passed.
    if (run === undefined && settlement.kind !== "settled") return [];
    return [
      {
        issue,
        attempt,
        month: booking.month,
        run,
        times: findTimes(facts, run, settings),
        isLast: isOld(booking.entry.at, settings),
      },
    ];
  });
}

const isOld = (at: string, { now, attemptMs }: DispatchSettings): boolean => now > Date.parse(at) + attemptMs;

/** A run that waited for people for days did not work for days. */
function findTimes(
  { runs }: DispatchFacts,
  run: string | undefined,
  { attemptMs }: DispatchSettings,
): EndedSpend["times"] {
  const found = runs.find(({ id }) => id === run);
  if (found === undefined || !found.ended) return undefined;
  const from = Date.parse(found.createdAt);
  return { from, to: Math.min(Date.parse(found.updatedAt), from + attemptMs), attempt: found.attempt };
}

/** An attempt that is reserved and that this run has not judged. */
export type Stray = {
  readonly issue: number;
  readonly attempt: number;
  readonly month: string;
  readonly at: string;
};

const NAME = /^([1-9]\d{0,9})-a([1-9]\d{0,4})$/;

/** Reservations of attempts that are not the newest of an incident of this run. Pure. */
export function listStrays(books: Booked, settled: readonly Settled[]): Stray[] {
  const judged = new Set(
    settled.map(({ facts }) => nameSpend(facts.incident.number, highestClaim(facts)?.attempt ?? 0)),
  );
  return [...books].flatMap(([month, entries]) =>
    [...entries].flatMap(([name, { at, by }]): Stray[] => {
      const [, issue, attempt] = NAME.exec(name) ?? [];
      if (issue === undefined || by !== "reserved" || judged.has(name)) return [];
      return [{ issue: Number(issue), attempt: Number(attempt), month, at }];
    }),
  );
}

/** What refs say of strays. */
export type StrayFacts = {
  readonly repositoryId: number;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly claims: ReadonlyMap<number, readonly Claim[]>;
};

/**
 * What became of a stray: it has ended, or `unused`: its run died before it claimed, and no lease lets it claim any more.
 * undefined: it may still be at work. Pure.
 */
export function judgeStray(
  stray: Stray,
  { repositoryId, gates, claims }: StrayFacts,
  settings: DispatchSettings,
): EndedSpend | "unused" | undefined {
  const { issue, attempt, month, at } = stray;
  const gate = gates.get(attemptKey(repositoryId, issue, attempt));
  const isLast = isOld(at, settings);
  const isClosed = gate?.state === "present" && gate.fact.state === "closed";
  if (gate?.state === "present" && (isClosed || isLast))
    return { issue, attempt, month, run: gate.fact.run, isLast };
  const isClaimed = claims.get(issue)?.some((claim) => claim.attempt === attempt) === true;
  const isLapsed = settings.now > Date.parse(at) + settings.leaseMs + settings.startMs;
  return gate?.state === "absent" && !isClaimed && isLapsed ? "unused" : undefined;
}
