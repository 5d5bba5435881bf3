/** What a person is asked to decide, and what helps. */
export type Advice = {
  /** Ends the heading "Needs you: …". */
  readonly heading: string;
  /** A sentence with the next step; code spans name labels and inputs. */
  readonly next: string;
};

const RETRY =
  "Set the label `patchpilot:retry` for one more attempt, or fix it by hand: PatchPilot verifies that fix too.";
const TAKE_ON = "Set the label `patchpilot:take-on` to have it repaired anyway.";

/** By the word that a record gives for what it needs. */
const NEEDS: Readonly<Record<string, Advice>> = {
  "below-severity": {
    heading: "repair it or not",
    next: `${TAKE_ON} A lower \`min-severity\` counts for incidents to come.`,
  },
  "below-confidence": {
    heading: "repair it or not",
    next: `${TAKE_ON} A lower \`min-confidence\` counts for incidents to come.`,
  },
  observe: { heading: "repair it or not", next: TAKE_ON },
  "attempts-exhausted": { heading: "no attempt is left", next: RETRY },
  spent: { heading: "no attempt is left", next: RETRY },
  "retry-not-allowed": { heading: "the last attempt did not help", next: RETRY },
  "not-allowed": { heading: "the last attempt did not help", next: RETRY },
  failing: { heading: "the fix did not help", next: RETRY },
  inconclusive: {
    heading: "production gives no clear answer",
    next: "Look at the numbers below, then close the issue or set the label `patchpilot:retry`.",
  },
  unread: {
    heading: "production cannot be read",
    next: "Correct that: the next run of `verify-recovery` continues by itself. Close the issue if you know that it is fixed.",
  },
  lost: {
    heading: "the repair workflow did not start",
    next: "Correct the repair workflow, then set the label `patchpilot:retry`.",
  },
  declined: {
    heading: "the pull request was closed",
    next: RETRY,
  },
  interrupted: {
    heading: "attempts are interrupted",
    next: "Correct the cause, then set the label `patchpilot:retry`.",
  },
  "same-checks": {
    heading: "the same checks stay red",
    next: "Fix or close its pull request, or set the label `patchpilot:retry` for another attempt.",
  },
  "plan-refused": {
    heading: "the plan cannot be carried out",
    next: "Take `patchpilot:go-ahead` off and set it again on a plan as it was posted, or set `patchpilot:retry` for a new plan.",
  },
  "reply-refused": {
    heading: "the reply does not count",
    next: "Someone with write access has to say it, in a comment that no one edits.",
  },
  "needs-human": {
    heading: "merge or close its pull request",
    next: "Merge or close its pull request, or set the label `patchpilot:retry` for another attempt.",
  },
  "dispatch-refused": {
    heading: "the repair workflow cannot be started",
    next: "Correct the cause, then set the label `patchpilot:retry`.",
  },
  "claim-refused": {
    heading: "a permission is missing",
    next: "Let PatchPilot write `refs/patchpilot/**` there (`contents: write`, rulesets), then set the label `patchpilot:retry`.",
  },
  frozen: {
    heading: "PatchPilot's refs were changed",
    next: "Fix this incident by hand, or close it.",
  },
};

/** What helps, by the word that a record gives; of a word that this version does not know, that somebody has to decide. */
export const adviseNeed = (need = ""): Advice =>
  (Object.hasOwn(NEEDS, need) ? NEEDS[need] : undefined) ?? {
    heading: "decide what comes next",
    next: RETRY,
  };
