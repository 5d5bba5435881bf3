import type { RepairInputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import type { Journal, RepairEnding } from "./journal.ts";

/** One run of the action. */
export type RepairStep = {
  readonly inputs: RepairInputs;
  readonly ports: RepairPorts;
  /** Everything that becomes known of the step. */
  readonly journal: Journal;
  /** When it began, in milliseconds. */
  readonly begun: number;
};

/** Says something in the log at once. */
export const say = ({ ports, journal }: RepairStep, text: string): void =>
  ports.writeLog(`${journal.line(text)}\n`);

export const endAs = (result: RepairEnding["result"], reason: string): RepairEnding => ({ result, reason });

export const failWith = (error: unknown): RepairEnding =>
  endAs("failed", error instanceof Error ? error.message : String(error));
