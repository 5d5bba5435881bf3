import { HttpFailure } from "@patchpilot/http";
import type { VerifyDecision } from "./facts.ts";
import type { VerifyPorts } from "./ports.ts";
import type { FixedFile, VerifyCase } from "./questions/case.ts";

/** A run that closes more than this reads no changes: their lessons go without. */
const MOST_READ = 8;

/**
 * What the merged pull requests of the incidents that close have changed, by issue; one request each. A lesson is worth
 * no warning and no delay: what cannot be read is left out.
 */
export async function readMergedChanges(
  decided: readonly { readonly case: VerifyCase; readonly decision: VerifyDecision }[],
  { readChange }: Pick<VerifyPorts, "readChange">,
): Promise<ReadonlyMap<number, readonly FixedFile[]>> {
  const changes = new Map<number, readonly FixedFile[]>();
  const closing = decided.flatMap(({ case: { issue, merge, teaches }, decision }) =>
    decision.decision === "close" && teaches !== undefined && merge?.pullRequest
      ? [{ issue, pull: merge.pullRequest }]
      : [],
  );
  if (readChange === undefined || closing.length > MOST_READ) return changes;
  for (const { issue, pull } of closing) {
    try {
      changes.set(issue, await readChange(pull));
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
    }
  }
  return changes;
}
