import { type Candidate, readView } from "../facts.ts";
import { findCategory } from "./category.ts";
import { type EvidenceRow, fillRows, stateReport, withoutQuery } from "./report-facts.ts";

/** What a report says that has no exception, by its category. Pure. */
export function stateEvidence(candidate: Candidate): readonly EvidenceRow[] {
  const { issue, event } = readView(candidate.view);
  const { category } = findCategory(candidate);
  const shown = event?.evidenceDisplay.length ? event.evidenceDisplay : candidate.recognised.statements;
  if (event === null) return shown;
  const { feedback, monitor } = event.details;
  if (feedback !== null)
    return fillRows([
      ["message", feedback.message],
      ["page", withoutQuery(feedback.page)],
      ["written in", feedback.source],
      ["in Sentry", listAttached(feedback.hasReplay, issue?.hasAttachments === true)],
    ]);
  if (category === "security") {
    const { details, request } = event;
    const { report } = details;
    return [
      ...stateReport(report?.facts ?? {}, request?.url),
      ...(report === null ? shown : event.evidenceDisplay),
    ];
  }
  if (category === "cron") return [...fillRows([["monitor", monitor]]), ...shown];
  const { operation } = event.details;
  if (operation === null) return shown;
  const spans = operation.spans.map((value, index) => [index === 0 ? "operation" : "and", value] as const);
  const times = operation.repeated === null ? null : `${operation.repeated} times in one transaction`;
  const known = fillRows([...spans, ["repeated", times], ["kind of operation", operation.op]]);
  const values = new Set(known.map(({ value }) => value));
  return [...known, ...shown.filter(({ value }) => !values.has(withoutOp(value)))];
}

const withoutOp = (value: string): string => value.replace(/^[\w.]{1,60} - /, "");

function listAttached(hasReplay: boolean, hasAttachments: boolean): string | null {
  const attached = [
    ...(hasAttachments ? ["an attachment, such as a screenshot"] : []),
    ...(hasReplay ? ["a replay"] : []),
  ];
  return attached.length === 0 ? null : attached.join(" and ");
}
