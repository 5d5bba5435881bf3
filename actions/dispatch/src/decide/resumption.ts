import type { Gate } from "@patchpilot/ledger";
import type { NewestAttempt } from "./newest-attempt.ts";
import type { Settlement } from "./settle.ts";

/** Whether another attempt is to be opened, or the newest one goes out once more. */
export type Resumption = {
  /** `confirm`: its worker has begun already, so the takeover only confirms it, and no policy bars it. */
  readonly way: "confirm" | "again" | "next";
  /** How often its dispatch started nothing. */
  readonly losses: number;
  /** GitHub refused it twice for one reason, so it goes out again only if somebody says so. */
  readonly isRefused: boolean;
};

/** Finds the way on from what became of the newest attempt. Pure. */
export function findResumption({ kind }: Settlement, { claim }: NewestAttempt, gate: Gate): Resumption {
  const isTaken = kind === "takeover";
  if (claim === undefined || !(isTaken || kind === "loss"))
    return { way: "next", losses: 0, isRefused: false };
  if (isTaken && gate.state === "present") return { way: "confirm", losses: claim.losses, isRefused: false };
  return {
    way: "again",
    losses: claim.losses + (isTaken ? 0 : 1),
    isRefused: isTaken && claim.state === "refused" && claim.refusals >= 2,
  };
}
