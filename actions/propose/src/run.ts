import { attemptInputs } from "./attempt/attempt-inputs.ts";
import { proposeAttempt } from "./attempt/propose-attempt.ts";
import type { Inputs } from "./contract.ts";
import { proposePatch } from "./lone/propose-patch.ts";
import type { Ports } from "./ports.ts";
import type { Result } from "./report.ts";

/** Publishes the patch of an attempt where `key` names one, and any other patch on its own. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  const attempt = attemptInputs(inputs);
  return attempt === undefined ? proposePatch(inputs, ports) : proposeAttempt(attempt, ports);
}
