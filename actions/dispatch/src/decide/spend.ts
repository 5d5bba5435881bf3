import { CURRENCIES, parsePrices, type SpendEntry } from "@patchpilot/incident";
import { nameMonth, nameSpend, type SpendBook, type SpendEntries } from "@patchpilot/ledger";
import type { DispatchInputs } from "../contract.ts";
import type { Cap, CapScope, DispatchFacts, SpendRules } from "../facts.ts";
import type { Opening } from "./choice.ts";
import { claimFactOf } from "./claims.ts";

const SCOPES = ["incident", "day", "month"] as const;

/** For each attempt, if other caps are set and this one is not: what `repair` takes by default. */
const RESERVES = { usd: 5, minutes: 30 } as const;

/** Reads the caps from the inputs. Pure. */
export function readSpendRules(inputs: DispatchInputs): SpendRules {
  const caps = CURRENCIES.flatMap((currency) =>
    SCOPES.flatMap((scope): Cap[] => {
      const most = inputs[`max-${currency}-per-${scope}`];
      return most === undefined ? [] : [{ currency, scope, most }];
    }),
  );
  const reserve = Object.fromEntries(
    CURRENCIES.flatMap((currency) => {
      const own = inputs[`max-${currency}-per-attempt`];
      const isCapped = caps.some((cap) => cap.currency === currency);
      return own === undefined && !isCapped ? [] : [[currency, own ?? RESERVES[currency]]];
    }),
  );
  const prices = parsePrices(inputs.prices ?? "");
  return { reserve, caps, prices: typeof prices === "string" ? { models: new Map() } : prices };
}

/** Whether anything is counted at all. */
export const countsSpend = ({ reserve }: SpendRules): boolean => Object.keys(reserve).length > 0;

/** Why no attempt could ever open. Pure. */
export function findImpossibleCap({ reserve, caps }: SpendRules): string | undefined {
  const cap = caps.find(({ currency, most }) => (reserve[currency] ?? 0) > most);
  if (cap === undefined) return undefined;
  return `\`${nameInput(cap)}\` (${cap.most}) is less than one attempt may spend (${reserve[cap.currency]}), so none would open. Raise it, or lower \`max-${cap.currency}-per-attempt\`.`;
}

const nameInput = ({ currency, scope }: Pick<Cap, "currency" | "scope">): string =>
  `max-${currency}-per-${scope}`;

/** What is booked, by month. */
export type Booked = ReadonlyMap<string, SpendEntries>;

/** The books that can be read. */
export const toBooked = (books: readonly SpendBook[]): Booked =>
  new Map(books.flatMap(({ month, entries }) => (entries === "unreadable" ? [] : [[month, entries]])));

/** Where an attempt is booked, by any run. */
export function findBooking(
  booked: Booked,
  name: string,
): { readonly month: string; readonly entry: SpendEntry } | undefined {
  for (const [month, entries] of booked) {
    const entry = entries.get(name);
    if (entry !== undefined) return { month, entry };
  }
  return undefined;
}

export const nameOpening = ({ facts, choice }: Opening): string =>
  nameSpend(facts.incident.number, choice.attempt);

/**
 * Reserves what an attempt may spend. One that goes out again, or that a run reserved for and never opened, has its entry
 * already. Pure.
 * @returns why there is no room for it
 */
export function bookAttempt(
  booked: Booked,
  opening: Opening,
  rules: SpendRules,
  now: number,
): Booked | string {
  const name = nameOpening(opening);
  if (!countsSpend(rules) || findBooking(booked, name) !== undefined) return booked;
  const reached = rules.caps.find(
    (cap) =>
      sumBooked(booked, cap, now, opening.facts.incident.number) + (rules.reserve[cap.currency] ?? 0) >
      cap.most + 1e-6,
  );
  if (reached !== undefined) return describeReached(reached, rules);
  const month = nameMonth(now);
  const entry: SpendEntry = { at: new Date(now).toISOString(), ...rules.reserve, by: "reserved" };
  return new Map(booked).set(month, new Map(booked.get(month)).set(name, entry));
}

/**
 * What a cap is measured by: of an incident all its attempts, else those that opened on this day or in this month.
 * @param issue of a cap for each incident
 */
export function sumBooked(booked: Booked, { scope, currency }: Cap, now: number, issue?: number): number {
  const today = new Date(now).toISOString().slice(0, 10);
  const entries =
    scope === "incident"
      ? [...booked.values()].flatMap((each) => [...each])
      : [...(booked.get(nameMonth(now)) ?? [])];
  return entries
    .filter(([name, { at }]) =>
      scope === "incident" ? name.startsWith(`${issue}-a`) : scope === "month" || at.slice(0, 10) === today,
    )
    .reduce((sum, [, entry]) => sum + (entry[currency] ?? 0), 0);
}

const AFTER: Readonly<Record<CapScope, string>> = {
  incident: "raise the cap, and it is opened",
  day: "it opens on the next day (UTC), or once you raise the cap",
  month: "it opens in the next month (UTC), or once you raise the cap",
};

/** Without what is spent: the sentence stays the same as long as the cap is reached. */
function describeReached(cap: Cap, { reserve }: SpendRules): string {
  const unit = cap.currency === "usd" ? "dollars" : "minutes";
  return `\`${nameInput(cap)}\` (${cap.most}) has no room for another attempt of ${reserve[cap.currency]} ${unit}; ${AFTER[cap.scope]}`;
}

/** This month in UTC, and the one before, in which attempts may have opened that are at work. */
export function listMonthsAround(now: number): string[] {
  const month = nameMonth(now);
  return [month, nameMonth(Date.parse(`${month}-01`) - 1)];
}

/** Months in which attempts of these incidents are booked. Pure. */
export const listMonths = (all: readonly Pick<DispatchFacts, "claims">[]): string[] => [
  ...new Set(
    all.flatMap(({ claims }) => claims.flatMap((claim) => claimFactOf(claim)?.reserves?.month ?? [])),
  ),
];
