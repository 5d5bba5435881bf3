import { type Check, type CheckState, describeFound, describeHeading } from "@patchpilot/checks";

/** Worst first, as in the table of the job. */
const ICONS: Readonly<Record<CheckState, string>> = {
  missing: "✗",
  unanswered: "!",
  attention: "!",
  ok: "✓",
  unseen: "–",
  off: "–",
};
const ORDER = Object.keys(ICONS) as readonly CheckState[];

/** The checks for a terminal: one line each, and below it what to do. */
export function describeChecks(checks: readonly Check[]): string {
  const lines = checks
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .flatMap((check) => [
      `${ICONS[check.state]} ${check.name}: ${describeFound(check)}`,
      ...(check.remedy === "" ? [] : [`    ${check.remedy}`]),
    ]);
  return [describeHeading(checks), "", ...lines].join("\n");
}
