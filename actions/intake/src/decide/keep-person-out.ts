import type { SentryEvent, SentryIssue } from "../facts.ts";
import { hidePerson, isPersonal } from "./hide-person.ts";

type Read = { readonly issue: SentryIssue; readonly event: SentryEvent | null };

/**
 * What Sentry said of a feedback, without the name and the mail address of who wrote it, wherever they are. What is
 * decided and written later knows neither. Pure.
 */
export function keepPersonOut({ issue, event }: Read): Read {
  const feedback = event?.details.feedback ?? null;
  if (event === null || feedback === null) return { issue, event };
  const hide = hidePerson(feedback.person);
  const { metadata } = issue;
  return {
    issue: {
      ...issue,
      title: hide(issue.title),
      culprit: issue.culprit === null ? null : hide(issue.culprit),
      metadata: { ...metadata, value: metadata.value === null ? null : hide(metadata.value) },
    },
    event: {
      ...event,
      title: hide(event.title),
      culprit: event.culprit === null ? null : hide(event.culprit),
      message: hide(event.message),
      evidenceDisplay: event.evidenceDisplay
        .filter(({ name }) => !isPersonal(name))
        .map(({ name, value }) => ({ name, value: hide(value) })),
      details: { ...event.details, feedback: { ...feedback, message: hide(feedback.message), person: [] } },
    },
  };
}
