import type { Decision } from "./describe-step.ts";

/** How a story may end. `undecided`: nothing of the others. */
export const OUTCOMES = [
  "recovered",
  "failing",
  "improved",
  "inconclusive",
  "needs-human",
  "ignored",
  "undecided",
] as const;
export type StoryOutcome = (typeof OUTCOMES)[number];

/** What there is to see at the end. */
export type Ending = {
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  /** Comments of GitHub's bot, under which the actions write. */
  readonly ownComments: number;
  /** Workflow runs that failed: nothing that follows from them is an ending. */
  readonly failedRuns: number;
  /** Runs of the repair workflow. */
  readonly repairRuns: number;
  /** The last word of `verify-recovery` on the issue. */
  readonly decision: Decision | undefined;
};

/** Names the ending by what can be seen on GitHub and by the last decision. Pure. */
export function outcomeOf(ending: Ending): StoryOutcome {
  const { state, labels, ownComments, failedRuns, repairRuns, decision } = ending;
  if (failedRuns > 0) return "undecided";
  const isOurs = labels.some((label) => label.startsWith("patchpilot"));
  if (!isOurs && ownComments === 0 && repairRuns === 0) return "ignored";
  if (state === "closed") return decision?.decision === "close" ? "recovered" : "undecided";
  if (decision !== undefined && isVerdict(decision.verdict)) return decision.verdict;
  return labels.includes("patchpilot:needs-human") ? "needs-human" : "undecided";
}

function isVerdict(verdict: string): verdict is "failing" | "improved" | "inconclusive" {
  return verdict === "failing" || verdict === "improved" || verdict === "inconclusive";
}
