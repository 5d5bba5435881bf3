/** A name and a value of evidence: hostile text. */
export type EvidenceRow = { readonly name: string; readonly value: string };

export const fillRows = (rows: readonly (readonly [string, string | null | undefined])[]): EvidenceRow[] =>
  rows.flatMap(([name, value]) => (value ? [{ name, value }] : []));

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

/** What a browser's report says, by names that people read. Pure. */
export function stateReport(
  facts: Readonly<Record<string, string>>,
  requested?: string | null,
): EvidenceRow[] {
  const line = facts["line_number"] === undefined ? "" : `, line ${facts["line_number"]}`;
  const source = withoutQuery(facts["source_file"]);
  return fillRows([
    ...REPORT_NAMES.map(([fact, name]) => [name, facts[fact]] as const),
    ...(facts["effective_directive"] ? [] : [["directive", facts["violated_directive"]] as const]),
    ["page", withoutQuery(facts["document_uri"] ?? requested)],
    ["asked for by", source === null ? null : `${source}${line}`],
  ]);
}

/** How Sentry writes a CSP report into an issue (interfaces/security.py): its message, a blank line, and JSON. */
const CSP_TEXT = /^\{\s*"csp-report":/m;
const FACT = /^\s*"([a-z_]{1,40})": (?:"((?:[^"\\\n]|\\.){0,4000})"|(\d{1,9})),?$/gm;

/** The CSP report that an issue's text holds, also one that was cut; null: it holds none. */
export function readReportText(
  text: string,
): { readonly facts: Readonly<Record<string, string>>; readonly rows: readonly EvidenceRow[] } | null {
  const start = CSP_TEXT.exec(text)?.index;
  if (start === undefined) return null;
  const found = Array.from(text.slice(start).matchAll(FACT), ([, name = "", words, number]) => [
    name,
    words?.replace(/\\(["\\/])/g, "$1") ?? number ?? "",
  ]);
  const facts = Object.fromEntries(found);
  return { facts, rows: [...fillRows([["message", text.slice(0, start).trim()]]), ...stateReport(facts)] };
}
