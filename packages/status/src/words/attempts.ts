import { inlineCode } from "@patchpilot/evidence";
import type { AttemptRecord, Incident } from "@patchpilot/incident";
import { describeSpan, SECOND } from "@patchpilot/time";
import type { Scene } from "../scene.ts";
import { nameOutcome } from "./outcomes.ts";
import { linkPull } from "./pull.ts";

const AGENTS: Readonly<Record<string, string>> = {
  "claude-code": "Claude Code",
  codex: "Codex",
  opencode: "OpenCode",
};

/** An agent by its own name; a command of the project as it is. */
export const nameAgent = ({ agent }: Pick<AttemptRecord, "agent">): string =>
  (Object.hasOwn(AGENTS, agent) ? AGENTS[agent] : undefined) ?? inlineCode(agent, 40);

const PROOFS = {
  proven: "a test fails without it by production's own error",
  reproduced: "a test fails without it",
  tested: "its tests are green",
} as const;

/** What the tests show of it, as the rest of a sentence. */
export const proofSentence = ({ proof }: AttemptRecord): string =>
  proof === undefined ? "" : `: ${PROOFS[proof.level]}`;

const PROOF_MARKS = {
  proven: ["tests green", "proven"],
  reproduced: ["tests green", "reproduced"],
  tested: ["tests green"],
};

/** One line for each attempt, the newest last. */
export function attemptLines(scene: Scene): string[] {
  const { incident } = scene;
  return [...incident.records.attempts.values()]
    .map(({ data }) => data)
    .toSorted((a, b) => a.attempt - b.attempt)
    .map((attempt) => attemptLine(attempt, scene));
}

function attemptLine(attempt: AttemptRecord, scene: Scene): string {
  const { seconds, usd, proof } = attempt;
  return [
    linkPull(attempt, scene) ?? `Attempt ${attempt.attempt}`,
    nameAgent(attempt),
    ...(seconds === undefined ? [] : [describeSpan(seconds * SECOND)]),
    ...(usd === undefined ? [] : [`$${usd.toFixed(2)}`]),
    ...(proof === undefined ? [] : PROOF_MARKS[proof.level]),
    ...fateWords(attempt, scene),
  ].join(" · ");
}

function fateWords(attempt: AttemptRecord, { incident, at }: Scene): string[] {
  const { phase, outcome, ending, mergedAt } = attempt;
  const merged = mergedAt === undefined ? [] : [`merged ${at(mergedAt)}`];
  if (isDisproved(attempt, incident)) return [...merged, "did not help"];
  if (outcome === "merged" || mergedAt !== undefined)
    return [...(merged.length > 0 ? merged : ["merged"]), ...(isProof(attempt, incident) ? ["helped"] : [])];
  if (phase === "working") return [`working since ${at(attempt.dispatchedAt)}`];
  if (phase === "requeued" && outcome === undefined) return ["published nothing"];
  if (phase === "proposed") return [`waiting for review since ${at(attempt.phaseAt)}`];
  return [nameOutcome(ending ?? outcome ?? "failed")];
}

/** Production shows that its fix did not help. The verdict may be older than what `dispatch` writes of it. */
export const isDisproved = ({ attempt, episode, outcome }: AttemptRecord, { records }: Incident): boolean => {
  const verdict = records.recoveries.get(episode)?.data;
  return outcome === "failing" || (verdict?.attempt === attempt && verdict.verdict === "failing");
};

const isProof = ({ attempt, episode }: AttemptRecord, { records }: Incident): boolean => {
  const verdict = records.recoveries.get(episode)?.data;
  return verdict?.attempt === attempt && verdict.phase === "recovered" && verdict.verdict === "recovered";
};
