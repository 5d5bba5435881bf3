import type { Gate } from "@patchpilot/ledger";
import { decideByGate, isPublishing } from "./attempt/decide.ts";
import type { ProposeEnding } from "./facts.ts";
import type { ProposePorts, ProposeTarget } from "./ports.ts";

/** Replies may be lost and reads stale, so the gate is asked again, but not for ever. */
const TRIES = 3;

/**
 * Moves the gate to `publishing` for this run attempt, from what it said when it was read.
 * @returns why this run must not publish, or undefined where it may
 */
export async function passGate(
  key: string,
  known: Gate,
  target: ProposeTarget,
  ports: ProposePorts,
): Promise<ProposeEnding | undefined> {
  let gate = known;
  let message = "";
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const ending = decideByGate(gate, ports.run);
    if (ending) return ending;
    if (isPublishing(gate, ports.run)) return undefined;
    const fact = { state: "publishing" as const, run: ports.run.id, runAttempt: ports.run.attempt };
    const result = await ports.writeGate(target, { key, from: gate, fact });
    if (result.state === "done") return undefined;
    message = result.message;
    gate = await ports.readGate(key);
  }
  return {
    verdict: "refused",
    reasons: [
      `The gate does not move (${message}); check \`contents: write\` and the rulesets for refs/patchpilot.`,
    ],
  };
}
