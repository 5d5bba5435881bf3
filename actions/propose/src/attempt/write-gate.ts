import type { Line } from "@patchpilot/action-kit";
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
      : `GitHub does not move the gate (${passage.message}); check \`contents: write\` and the rulesets for refs/patchpilot.`;
  return endRun("refused", reason, passage.state === "unknown" ? "infrastructure" : "setup");
}

const describe = ({ proof, waits }: Parameters<typeof moveGate>[3]) => ({
  ...(proof === undefined ? {} : { proof }),
  ...(waits ? { waits: true as const } : {}),
});

/** Reads may be stale: a gate that does not show yet what this run has written is read again, but not for ever. */
const TRIES = 2;

/**
 * Writes down where the branch was left, for `dispatch` to know a commit of somebody else from this one. The pull
 * request is there already: what goes wrong here costs no more than that red checks are left to people.
 */
export async function recordHead(
  key: string,
  head: string,
  target: ProposeTarget,
  ports: ProposePorts,
): Promise<Line[]> {
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const gate = await ports.readGate(key);
      if (gate.state !== "present" || gate.fact.state === "closed" || gate.fact.run !== ports.run.id)
        return [];
      if (gate.fact.state !== "publishing") continue;
      if (gate.fact.head === head) return [];
      const { state } = await ports.writeGate(target, { key, from: gate, fact: { ...gate.fact, head } });
      if (state === "done") return [];
    }
    return [unrecorded("the gate moved, or GitHub's reply was lost")];
  } catch (error) {
    return [unrecorded((error as Error).message)];
  }
}

const unrecorded = (why: string): Line => ({
  level: "info",
  text: `It is not recorded which commit was published, so you have to look after red checks on it: ${why}`,
});
