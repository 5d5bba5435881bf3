import { type Candidate, readView, type SentryEvent } from "../facts.ts";
import { findCategory } from "./category.ts";

/** A name and a value of evidence: hostile text. */
type Statement = { readonly name: string; readonly value: string };

/** What a report says that has no exception, by its category. Pure. */
export function stateEvidence(candidate: Candidate): readonly Statement[] {
  const { issue, event } = readView(candidate.view);
  const { category } = findCategory(candidate);
  const shown = event?.evidenceDisplay.length ? event.evidenceDisplay : candidate.recognised.statements;
  if (event === null) return shown;
  const { feedback, monitor } = event.details;
  if (feedback !== null)
    return fill([
      ["message", feedback.message],
      ["page", withoutQuery(feedback.page)],
      ["written in", feedback.source],
      ["in Sentry", listAttached(feedback.hasReplay, issue?.hasAttachments === true)],
    ]);
  if (category === "security") return [...stateReport(event), ...shown];
  if (category === "cron") return [...fill([["monitor", monitor]]), ...shown];
  const { operation } = event.details;
  if (operation === null) return shown;
  const spans = operation.spans.map((value, index) => [index === 0 ? "operation" : "and", value] as const);
  const times = operation.repeated === null ? null : `${operation.repeated} times in one transaction`;
  const known = fill([...spans, ["repeated", times], ["kind of operation", operation.op]]);
  const values = new Set(known.map(({ value }) => value));
  return [...known, ...shown.filter(({ value }) => !values.has(withoutOp(value)))];
}

const fill = (rows: readonly (readonly [string, string | null | undefined])[]): Statement[] =>
  rows.flatMap(([name, value]) => (value ? [{ name, value }] : []));

const withoutOp = (value: string): string => value.replace(/^[\w.]{1,60} - /, "");

function listAttached(hasReplay: boolean, hasAttachments: boolean): string | null {
  const attached = [
    ...(hasAttachments ? ["an attachment, such as a screenshot"] : []),
    ...(hasReplay ? ["a replay"] : []),
  ];
  return attached.length === 0 ? null : attached.join(" and ");
}

/** Queries hold sessions and addresses of people. */
export const withoutQuery = (address: string | null | undefined): string | null =>
  address ? address.replace(/[?#].*$/s, "") : null;

const REPORT_NAMES: readonly (readonly [string, string])[] = [
  ["effective_directive", "directive"],
  ["blocked_uri", "blocked"],
  ["disposition", "disposition"],
  ["script_sample", "sample"],
  ["hostname", "host"],
  ["failure_mode", "failure mode"],
  ["response_status", "response"],
  ["cert_status", "certificate"],
  ["effective_expiration_date", "policy until"],
  ["error_type", "network error"],
  ["phase", "phase"],
  ["protocol", "protocol"],
  ["elapsed_time", "milliseconds"],
  ["status_code", "status"],
];

function stateReport({ details: { report }, request }: SentryEvent): Statement[] {
  const facts = report?.facts ?? {};
  const line = facts["line_number"] === undefined ? "" : `, line ${facts["line_number"]}`;
  const source = withoutQuery(facts["source_file"]);
  return fill([
    ...REPORT_NAMES.map(([fact, name]) => [name, facts[fact]] as const),
    ...(facts["effective_directive"] ? [] : [["directive", facts["violated_directive"]] as const]),
    ["page", withoutQuery(facts["document_uri"] ?? request?.url)],
    ["asked for by", source === null ? null : `${source}${line}`],
  ]);
}
