import * as z from "zod";
import type { ModelUsage, Prices } from "./prices.ts";
import { priceUsage } from "./prices.ts";
import { isWalled } from "./proof.ts";

/** What an attempt may spend, or has: dollars for the model, minutes of the job `work`. Absent: nobody counts it. */
export const amounts = z.looseObject({
  usd: z.number().nonnegative().optional(),
  minutes: z.number().nonnegative().optional(),
});
export type Amounts = { readonly usd?: number | undefined; readonly minutes?: number | undefined };
export const CURRENCIES = ["usd", "minutes"] as const;
export type Currency = (typeof CURRENCIES)[number];

/**
 * Where an amount comes from. `reserved`: the attempt has not ended. `counted`: by the action, behind a wall. `claimed`: the
 * same without a wall, where the agent could have forged it; the largest of what is known counts. `timed`: by time.
 * `cap`: nobody knows, so all that was reserved counts. `nothing`: no worker passed the gate.
 */
export const SPEND_SOURCES = ["reserved", "counted", "claimed", "timed", "cap", "nothing"] as const;
export type SpendSource = (typeof SPEND_SOURCES)[number];

/** One attempt in the sum of a month. */
export const spendEntry = amounts.extend({
  /** When it was reserved: its day, and its month, in UTC. */
  at: z.string(),
  /** A word that this version does not know means that the attempt has ended. */
  by: z.enum(SPEND_SOURCES).catch("claimed"),
});
export type SpendEntry = Amounts & { readonly at: string; readonly by: SpendSource };

/** What is known of an attempt that has ended. */
export type SpendEvidence = {
  /** A worker passed its gate. */
  readonly passed: boolean;
  /** What its run left; undefined: nothing that can be read. */
  readonly left?:
    | undefined
    | {
        readonly usage?: readonly ModelUsage[] | undefined;
        /** What the agent itself says. */
        readonly costUsd?: number | null | undefined;
        readonly seconds: number;
        readonly sandbox?: string | undefined;
      };
  /** From the start of its run to its end, in minutes; undefined: not known. */
  readonly span?: number | undefined;
  /** How often somebody ran it again: of what came before, nothing is left. */
  readonly reruns: number;
};

/**
 * What an attempt has spent, by docs/protocol.md, section 8. Pure.
 * @param reserved what counts where nobody knows
 */
export function judgeSpend(
  evidence: SpendEvidence,
  reserved: Amounts,
  prices: Prices,
): Amounts & { readonly by: SpendSource } {
  if (!evidence.passed) return { ...mapAmounts(reserved, () => 0), by: "nothing" };
  const { left, reruns } = evidence;
  const time = judgeTime(evidence);
  const timed = time === undefined || prices.minute === undefined ? undefined : time * prices.minute;
  const cost = left?.usage && priceUsage(left.usage, prices);
  const isCounted = isTrusted(left) && cost?.isWhole === true;
  const spent = {
    usd: isCounted ? cost.usd : Math.max(cost?.usd ?? 0, left?.costUsd ?? 0, timed ?? reserved.usd ?? 0),
    minutes: time ?? Math.max(tellMinutes(left), reserved.minutes ?? 0),
  };
  const isWhole = reserved.usd === undefined ? isTrusted(left) : cost?.isWhole === true;
  const known = reserved.usd === undefined ? time : timed;
  return {
    ...mapAmounts(reserved, (most, currency) => round(spent[currency] + reruns * most)),
    by: isWhole ? (isTrusted(left) ? "counted" : "claimed") : known === undefined ? "cap" : "timed",
  };
}

/** Behind a wall nothing of the repository reaches what the action writes. */
const isTrusted = (left: SpendEvidence["left"]): boolean =>
  left !== undefined && isWalled({ level: "tested", wall: left.sandbox ?? "" });

const tellMinutes = (left: SpendEvidence["left"]): number => (left?.seconds ?? 0) / 60;

/** In minutes; undefined: nobody knows. GitHub's clock is out of everybody's reach, and counts the waiting as well. */
function judgeTime({ left, span }: SpendEvidence): number | undefined {
  if (isTrusted(left)) return tellMinutes(left);
  return span === undefined ? undefined : Math.max(tellMinutes(left), span);
}

const round = (amount: number): number => Math.round(amount * 1e4) / 1e4;

/** The same currencies with other amounts. */
function mapAmounts(given: Amounts, change: (amount: number, currency: Currency) => number): Amounts {
  return Object.fromEntries(
    CURRENCIES.flatMap((currency) => {
      const amount = given[currency];
      return amount === undefined ? [] : [[currency, change(amount, currency)]];
    }),
  );
}
