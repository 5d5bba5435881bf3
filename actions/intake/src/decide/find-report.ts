import { type EventDetails, type IntakeSubject, readView } from "../facts.ts";

type Report = NonNullable<EventDetails["report"]>;

/** What a browser reported: as Sentry's event has it; without an event, as the text holds it. */
export const findReport = ({
  view,
  recognised,
}: Pick<IntakeSubject, "view" | "recognised">): Report | null => {
  const { event } = readView(view);
  return event === null ? (recognised.report ?? null) : event.details.report;
};

/** Whether the policy that a browser reports by blocks nothing. */
export const isReportOnly = (subject: IntakeSubject): boolean =>
  findReport(subject)?.facts["disposition"] === "report";
