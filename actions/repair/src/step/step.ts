import type { Inputs } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { ResultFacts } from "../result/compose-result.ts";
import type { Ending, Journal } from "./journal.ts";

/** What becomes known as a step goes on; the result tells as much of it as there is. */
export type Known = {
  -readonly [Name in keyof Omit<ResultFacts, "step" | "milliseconds">]: ResultFacts[Name];
};

/** One run of the action. */
export type Step = {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly journal: Journal;
  readonly known: Known;
  /** When it began, in milliseconds. */
  readonly begun: number;
};

/** Says something in the log at once. */
export const say = ({ ports, journal }: Step, text: string): void =>
  ports.writeLog(`${journal.line(text)}\n`);

export const failedWith = (error: unknown): Ending => ({
  result: "failed",
  reason: error instanceof Error ? error.message : String(error),
});
