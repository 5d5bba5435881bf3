import type { ConcurrencyGroups, ConcurrencyTicket } from "./concurrency.ts";
import type { ConcurrencySetting } from "./read-concurrency.ts";

export type WaitingTurn = {
  /** Aborted when whoever waits is cancelled. */
  readonly giveUp: AbortSignal;
  readonly onWait: () => void;
  /** Asks whoever has the turn to stop. */
  readonly cancel: () => void;
};

/**
 * Waits for a place in a concurrency group.
 * @returns the place, which is to be left; `cancelled` where it was lost; undefined where no group is wanted
 */
export async function takeTurn(
  groups: ConcurrencyGroups,
  group: ConcurrencySetting | undefined,
  { giveUp, onWait, cancel }: WaitingTurn,
): Promise<ConcurrencyTicket | "cancelled" | undefined> {
  if (giveUp.aborted) return "cancelled";
  if (group === undefined) return undefined;
  const ticket = groups.enter({ ...group, cancel });
  if (ticket.waits) onWait();
  giveUp.addEventListener("abort", ticket.leave, { once: true });
  const turn = await ticket.turn;
  giveUp.removeEventListener("abort", ticket.leave);
  return turn === "run" ? ticket : "cancelled";
}
