import { type IntakeSubject, readView } from "../facts.ts";

/** Whether the policy that a browser reports by blocks nothing. */
export const isReportOnly = ({ view }: IntakeSubject): boolean =>
  readView(view).event?.details.report?.facts["disposition"] === "report";
