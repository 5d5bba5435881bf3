import type { ClosingQuestion, VerifyFacts } from "../facts.ts";
import { isOperationAsked } from "./operation/decide.ts";

/** What is asked of an incident before it closes, in this order, by what is counted. */
export const CLOSING_QUESTIONS = {
  error: ["operation", "sibling", "sensor"],
  performance: [],
} as const satisfies { readonly [Kind in "error" | "performance"]: readonly ClosingQuestion[] };

/** A record from before these were named had its sibling read, and nothing else. */
const ASKED_BEFORE = { error: ["sibling"], performance: [] } as const;

/** The next question that has to be answered before an incident may close. */
export function findClosingQuestion(facts: VerifyFacts): ClosingQuestion | undefined {
  const kind = facts.kind === "performance" ? "performance" : "error";
  const asked: readonly ClosingQuestion[] = facts.closing ?? ASKED_BEFORE[kind];
  return asked.find((question) =>
    question === "operation" ? !isOperationAsked(facts) : facts[question] === undefined,
  );
}
