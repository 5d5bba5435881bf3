import type { Journal, RepairEnding } from "../step/journal.ts";
import { endAs } from "../step/step.ts";
import { findLooseQuestion, findQuestion } from "./find-question.ts";

/** An agent that asks outright waits for the answer, whatever it has done by then. */
export function judgeQuestion(text: string, journal: Journal): RepairEnding | undefined {
  const question = findQuestion(text);
  return question === undefined ? undefined : endAsked(question, journal);
}

/** @param leftOut what the agent made that is no part of a change, as sentences */
export function judgeUnchanged(text: string, leftOut: readonly string[], journal: Journal): RepairEnding {
  const question = findLooseQuestion(text);
  return question === undefined
    ? endAs("no-change", ["The agent changed nothing.", ...leftOut].join(" "), { cause: "agent" })
    : endAsked(question, journal);
}

export const judgeReportText = ({ story }: Journal): RepairEnding =>
  story.summary.trim() === ""
    ? endAs("failed", "The agent was asked for a report and said nothing.", { cause: "agent" })
    : endAs("no-change", "The agent reported; this recipe changes nothing.", { ending: "reported" });

const endAsked = (question: string, journal: Journal): RepairEnding =>
  endAs("no-change", "The agent asks a question and waits for the answer.", {
    ending: "asked",
    question: journal.cleanQuestion(question),
  });
