import type { BranchHead } from "@patchpilot/github";
import { type Gate, passGate } from "@patchpilot/ledger";
import { type ClaimDecision, decideByGate } from "./decide.ts";
import type { ClaimPorts } from "./ports.ts";

/** Makes the gate say that this run works on the attempt, from what it said when it was read. */
export async function passOrBar(
  key: string,
  gate: Gate,
  base: BranchHead,
  ports: ClaimPorts,
): Promise<ClaimDecision> {
  const { run } = ports;
  const passage = await passGate(
    gate,
    { state: "working", run: run.id, runAttempt: run.attempt },
    {
      judge: (seen) => {
        const decision = decideByGate(seen, run);
        return decision.kind === "pass" ? undefined : decision;
      },
      write: (from, fact) => ports.writeGate(base, { key, from, fact }),
      read: () => ports.readGate(key),
    },
  );
  if (passage.state === "passed") return { kind: "pass" };
  if (passage.state === "barred") return passage.bar;
  const cause = passage.state === "unknown" ? "infrastructure" : "setup";
  return { kind: "refuse", reason: describeFailure(passage), cause };
}

const describeFailure = ({
  state,
  message,
}: {
  readonly state: "refused" | "unknown";
  readonly message: string;
}) =>
  state === "unknown"
    ? `GitHub's replies about its gate were lost (${message}), and the gate does not name this run. Run this job again`
    : `GitHub does not let this run create its gate (${message}). Check \`contents: write\` and the rulesets for refs/patchpilot`;
