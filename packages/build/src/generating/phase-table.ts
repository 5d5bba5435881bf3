import type { Contract } from "@patchpilot/action-kit/contract";
import { LABELS, PHASE_TABLE, PHASES, phaseLabel } from "@patchpilot/incident";
import { describeInputs } from "./describe-contract.ts";
import { table } from "./table.ts";

const WAITS: Readonly<Record<(typeof PHASE_TABLE)[keyof typeof PHASE_TABLE]["waitsFor"], string>> = {
  tick: "the next run",
  clock: "a clock",
  person: "people",
};

/** Who moves an incident into each phase, who serves it there, and what ends it. */
export function phaseTable(): string {
  const rows = PHASES.map((phase) => {
    const { enteredBy, servedBy, waitsFor, next } = PHASE_TABLE[phase];
    const setBy = enteredBy.length === 0 ? "people, by closing the issue" : enteredBy.join(", ");
    return [
      `\`${phase}\``,
      LABELS.find(({ name }) => name === phaseLabel(phase))?.description ?? "",
      setBy,
      servedBy.join(", ") || "nobody",
      WAITS[waitsFor],
      next.map((each) => `\`${each}\``).join(", "),
    ];
  });
  return table([["phase", "means", "set by", "served by", "waits for", "may become"], ...rows]);
}

/** Inputs that are clocks of the protocol, by action. */
const CLOCKS: Readonly<Record<string, readonly string[]>> = {
  dispatch: ["lease-minutes", "start-minutes", "attempt-hours"],
  "verify-recovery": ["min-deploy-age-seconds", "cap-hours"],
};

/**
 * The clocks that users can set, as the contracts describe them.
 * @throws Error if a contract has lost one of them
 */
export function clockTable(contracts: readonly Contract[]): string {
  const rows = Object.entries(CLOCKS).flatMap(([action, names]) => {
    const contract = contracts.find(({ name }) => name === action);
    const inputs = contract === undefined ? [] : describeInputs(contract);
    return names.map((name) => {
      const input = inputs.find((each) => each.name === name);
      if (input === undefined) throw new Error(`${action} has no input \`${name}\`, which is a clock.`);
      return [`\`${name}\``, action, input.shownDefault ?? "", input.description];
    });
  });
  return table([["input", "of", "default", "meaning"], ...rows]);
}
