import type { RepairInputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import type { EndingFacts, Journal, RepairEnding } from "./journal.ts";

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

export const endAs = (
  result: RepairEnding["result"],
  reason: string,
  more: EndingFacts = {},
): RepairEnding => ({ result, reason, ...more });

/** Ends with what was thrown. Before the agent was called once, it was not the agent's doing. */
export const failWith =
  ({ story }: Journal) =>
  (error: unknown): RepairEnding =>
    endAs(
      "failed",
      error instanceof Error ? error.message : String(error),
      story.calls.length === 0 ? { cause: "setup" } : {},
    );
