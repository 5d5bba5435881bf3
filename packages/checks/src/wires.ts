import type { Time, Transport } from "@patchpilot/http";

/** What every check gets beside its settings. */
export type CheckWires = {
  /** What really sends; default: Node's own client. */
  readonly fetch?: Transport;
  readonly time?: Time;
  /** Secrets of the job by input: none may leave in an address or a body. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** A check is made once, by hand: it waits for no service longer than this. */
export const BUDGET = { ms: 60_000 };
