import type { StepDecision } from "./describe-step.ts";

/** How a story may end. `undecided`: nothing of the others. */
export type StoryOutcome = "recovered" | "done" | OpenVerdict | "needs-human" | "ignored" | "undecided";

const OPEN_VERDICTS = ["failing", "improved", "inconclusive"] as const;
type OpenVerdict = (typeof OPEN_VERDICTS)[number];

/** The demo's last word on a story; `npm run test:fresh` looks for it. */
export const sayOutcome = (outcome: StoryOutcome): string => `Outcome: ${outcome}.`;

/** What there is to see at the end. */
export type StoryEnding = {
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  /** Comments of GitHub's bot, under which the actions write. */
  readonly ownComments: number;
  /** Workflow runs that failed: nothing that follows from them is an ending. */
  readonly failedRuns: number;
  /** Runs of the repair workflow. */
  readonly repairRuns: number;
  /** The last word of `verify-recovery` on the issue. */
  readonly decision: StepDecision | undefined;
};

/** Names the ending by what can be seen on GitHub and by the last decision. Pure. */
export function judgeStory(ending: StoryEnding): StoryOutcome {
  const { state, labels, ownComments, failedRuns, repairRuns, decision } = ending;
  if (failedRuns > 0) return "undecided";
  const isOurs = labels.some((label) => label.startsWith("patchpilot"));
  if (!isOurs && ownComments === 0 && repairRuns === 0) return "ignored";
  if (labels.includes("patchpilot:done")) return state === "closed" ? "done" : "undecided";
  if (state === "closed") return decision?.decision === "close" ? "recovered" : "undecided";
  const verdict = OPEN_VERDICTS.find((open) => open === decision?.verdict);
  return verdict ?? (labels.includes("patchpilot:needs-human") ? "needs-human" : "undecided");
}
