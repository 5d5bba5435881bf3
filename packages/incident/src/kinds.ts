/**
 * What an incident is about: an exception, an operation that became slow, or work that a person asked for, in an issue
 * that he vouched for or as a task. Of the last two nothing is measured.
 */
export const KINDS = ["error", "performance", "issue", "task"] as const;
export type IncidentKind = (typeof KINDS)[number];

/** Whether production can show that it is over. */
export const isMeasured = (kind: string): boolean => kind !== "issue" && kind !== "task";

const RECIPES: Readonly<Record<IncidentKind, string>> = {
  error: "fix-incident",
  performance: "fix-performance",
  issue: "resolve-issue",
  task: "task",
};

/** The recipe that `repair` works by where nobody names one. */
export const chooseRecipe = (kind: IncidentKind): string => RECIPES[kind];
