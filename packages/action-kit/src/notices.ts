import type { IssueSelection } from "./inputs.ts";
import { isStopped } from "./inputs.ts";

/** What a run says if `issues` names none. */
export const NO_ISSUES = "There is nothing to do: `issues` names none.";

export const namesNoIssues = ({ issues }: { readonly issues: IssueSelection }): boolean =>
  issues !== "auto" && issues.length === 0;

/** Why a run writes nothing; undefined: it may write. */
export function readOnlyReason(inputs: {
  readonly stop: string;
  readonly "dry-run": boolean;
}): string | undefined {
  if (isStopped(inputs.stop)) return "`stop` is set: this run is read-only.";
  return inputs["dry-run"] ? "`dry-run`: nothing is written." : undefined;
}
