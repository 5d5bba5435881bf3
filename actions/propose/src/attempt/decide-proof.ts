import { isEnough, isWalled, type PublishedProof } from "@patchpilot/incident";
import type { IssueState } from "@patchpilot/ledger";
import { endRun, type ProposeEnding } from "../facts.ts";
import type { AttemptInputs } from "./attempt-inputs.ts";

/** What the workflow reports of the proof; undefined: nothing. Pure. */
export function readProof(inputs: Pick<AttemptInputs, "proof" | "proof-wall">): PublishedProof | undefined {
  const { proof: level, "proof-wall": wall } = inputs;
  return level === "unknown" ? undefined : { level, wall };
}

/** What a maintainer's word is read from. */
export type WordFacts = {
  /** undefined: the incident lives where this job cannot look. */
  readonly issue: IssueState | undefined;
  /** How often this run was started: only somebody who may write starts it again. */
  readonly runAttempt: number;
};

/**
 * Why a patch waits for a maintainer's word; undefined: it is published. What was shown without a wall counts for nothing
 * here, for the tested code could have said it. Pure.
 */
export function decideProof(
  required: AttemptInputs["require-proof"],
  proof: PublishedProof | undefined,
  { issue, runAttempt }: WordFacts,
): ProposeEnding | undefined {
  const shown = proof !== undefined && isWalled(proof) ? proof.level : undefined;
  if (isEnough(shown, required) || (issue?.approved === true && runAttempt > 1)) return undefined;
  return endRun("unproven", `${explainProof(required, proof)} ${REMEDY}`);
}

const REMEDY =
  "To publish it anyway, set the label `patchpilot:go-ahead` on the incident's issue and run the failed job again.";

function explainProof(required: string, proof: PublishedProof | undefined): string {
  const asked = `\`require-proof\` asks for ${required}`;
  if (proof === undefined) return `${asked}, and nothing says what was shown of the patch.`;
  return isWalled(proof)
    ? `${asked}, and the patch is ${proof.level} only.`
    : `${asked}, and there was no wall around the tests: that the patch is ${proof.level} is claimed only.`;
}
