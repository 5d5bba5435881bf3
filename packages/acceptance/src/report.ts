import type { Line } from "@patchpilot/action-kit";
import type { AppliedChange } from "@patchpilot/ledger";

/** Issues that a write was refused of, or may have been: the next run looks again. */
export const findFailed = (applied: readonly AppliedChange[]): ReadonlySet<number> =>
  new Set(applied.filter(({ problems }) => problems.length > 0).map(({ issue }) => issue));

export const problemLines = (applied: readonly AppliedChange[]): Line[] =>
  applied.flatMap(({ problems, unlabelled }) =>
    [...problems, ...unlabelled].map((text): Line => ({ level: "warning", text })),
  );
