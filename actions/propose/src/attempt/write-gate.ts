import type { PublishedProof } from "@patchpilot/incident";
import { type Gate, passGate } from "@patchpilot/ledger";
import { endRun, type ProposeEnding } from "../facts.ts";
import type { ProposePorts, ProposeTarget } from "../ports.ts";
import { judgeGate } from "./decide.ts";

/**
 * Moves the gate to `publishing` for this run attempt, from what it said when it was read.
 * @returns why this run must not publish, or undefined if it may
 */
export async function moveGate(
  key: string,
  known: Gate,
  target: ProposeTarget,
  news: { readonly proof: PublishedProof | undefined; readonly waits: boolean },
  ports: ProposePorts,
): Promise<ProposeEnding | undefined> {
  const { run } = ports;
  const passage = await passGate(
    known,
    { state: "publishing", run: run.id, runAttempt: run.attempt, ...describe(news) },
    {
      judge: (gate) => judgeGate(gate, run),
      write: (from, fact) => ports.writeGate(target, { key, from, fact }),
      read: () => ports.readGate(key),
    },
  );
  if (passage.state === "passed") return undefined;
  if (passage.state === "barred") return passage.bar;
  const reason =
    passage.state === "unknown"
      ? `GitHub's replies about the gate were lost (${passage.message}), and it does not say that this run publishes. Run this job again.`
      : `The gate does not move (${passage.message}); check \`contents: write\` and the rulesets for refs/patchpilot.`;
  return endRun("refused", reason, passage.state === "unknown" ? "infrastructure" : "setup");
}

const describe = ({ proof, waits }: Parameters<typeof moveGate>[3]) => ({
  ...(proof === undefined ? {} : { proof }),
  ...(waits ? { waits: true as const } : {}),
});
