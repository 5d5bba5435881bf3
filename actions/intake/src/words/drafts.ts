import { cleanText, fence, inlineCode, link, titleText } from "@patchpilot/evidence";
import type { IncidentDraft } from "@patchpilot/ledger";
import type { IntakeInputs } from "../contract.ts";
import { findCategory } from "../decide/category.ts";
import { nameSubject, titleSubject } from "../decide/identify.ts";
import type { IntakeSubject, Request } from "../facts.ts";
import { nameCategory } from "./category.ts";

/** Longer words of a task are cut when they become evidence; a person should hear of it before. */
export const MOST_WORDS = 8000;

/** The issue that is opened for what has none. Pure. */
export const draftIssue = (
  subject: IntakeSubject,
  inputs: IntakeInputs,
  secrets: readonly string[],
): IncidentDraft => ({
  key: nameSubject(subject, 0, inputs).key,
  title: titleText(titleSubject(subject, secrets)),
  body: subject.request === undefined ? reportBody(subject, inputs) : taskBody(subject.request, secrets),
});

function reportBody(subject: IntakeSubject, { environment }: IntakeInputs): string {
  const { link: from } = subject.recognised;
  const categorised = findCategory(subject);
  const isFeedback = categorised.category === "feedback";
  return [
    `Sentry ${isFeedback ? "Feedback" : "Issue"}: ${from === null ? "" : link(from.shortId, from.url)}`,
    "",
    `Sentry lists this ${nameCategory(categorised)} of ${inlineCode(environment)} as unresolved. The first comment has the evidence.`,
  ].join("\n");
}

/** The words stand in a fence: what a person writes for an agent must not mention or close anything here. */
const taskBody = ({ words, by }: Request, secrets: readonly string[]): string =>
  [
    `A task that ${inlineCode(by)} gave to PatchPilot:`,
    "",
    fence(cleanText(words, { maxLength: MOST_WORDS, secrets }).text),
  ].join("\n");
