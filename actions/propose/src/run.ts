import { attemptInputs } from "./attempt/attempt-inputs.ts";
import { proposeAttempt } from "./attempt/propose-attempt.ts";
import type { ProposeInputs } from "./contract.ts";
import { proposePatch } from "./lone/propose-patch.ts";
import type { ProposePorts } from "./ports.ts";
import type { ProposeResult } from "./report.ts";

/** Publishes the patch of an attempt where `key` names one, and any other patch on its own. */
export async function run(inputs: ProposeInputs, ports: ProposePorts): Promise<ProposeResult> {
  const attempt = attemptInputs(inputs);
  return attempt === undefined ? proposePatch(inputs, ports) : proposeAttempt(attempt, ports);
}
