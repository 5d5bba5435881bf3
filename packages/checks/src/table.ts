import { countThings } from "@patchpilot/evidence";
import { type Check, type CheckState, isReady } from "./check.ts";

const ICONS: Readonly<Record<CheckState, string>> = {
  ok: "✅",
  attention: "⚠️",
  missing: "❌",
  unanswered: "⚠️",
  unseen: "–",
  off: "–",
};

const ORDER: readonly CheckState[] = ["missing", "unanswered", "attention", "ok", "unseen", "off"];

/** The checks worst first, so what you must do is on top. */
export const worstFirst = (checks: readonly Check[]): Check[] =>
  checks.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));

/**
 * The checks as a table in Markdown.
 * @param variableOf the secret or variable of an input, as users set it
 */
export function checkTable(checks: readonly Check[], variableOf: (input: string) => string): string {
  const rows = worstFirst(checks).map((check) => {
    const settings = check.settings.map((input) => `\`${variableOf(input)}\``).join(", ");
    return `| ${[ICONS[check.state], check.name, settings, describeFound(check), check.remedy].map(cell).join(" | ")} |`;
  });
  return [
    `### ${describeHeading(checks)}`,
    "",
    "| | Part | Set by | Found | What to do |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** `Not seen from here: …`, so nobody takes a line without an icon for a good one. */
export function describeFound({ state, found }: Check): string {
  return state === "unseen" ? `Not seen from here: ${found}` : found;
}

/** The state of the set-up, in one line. */
export function describeHeading(checks: readonly Check[]): string {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length;
  if (count("missing") > 0)
    return `PatchPilot is not ready: ${countThings(count("missing"), "thing")} to correct`;
  if (!isReady(checks)) return "PatchPilot could not be checked: a service did not answer";
  const open = count("attention");
  return open === 0
    ? "PatchPilot is ready"
    : `PatchPilot is ready, with ${countThings(open, "thing")} to know`;
}

/** A bar would end the cell, even inside code, and a line break the row. */
const cell = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("|", "¦");
