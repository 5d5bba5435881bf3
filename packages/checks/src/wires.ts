import type { Time } from "@patchpilot/http";

/** What every check gets beside its settings. */
export type CheckWires = {
  /** What really sends; default: the machine's fetch. */
  readonly fetch?: typeof fetch;
  readonly time?: Time;
  /** Secrets of the job by input: none may leave in an address or a body. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** A check is made once, by hand: it waits for no service longer than this. */
export const BUDGET = { ms: 60_000 };
