import { type Check, type CheckState, describeFound, describeHeading, worstFirst } from "@patchpilot/checks";

const ICONS: Readonly<Record<CheckState, string>> = {
  missing: "✗",
  unanswered: "!",
  attention: "!",
  ok: "✓",
  unseen: "–",
  off: "–",
};

/** The checks for a terminal: the worst first, one line each, and below it what to do. */
export function describeChecks(checks: readonly Check[]): string {
  const lines = worstFirst(checks).flatMap((check) => [
    `${ICONS[check.state]} ${check.name}: ${describeFound(check)}`,
    ...(check.remedy === "" ? [] : [`    ${check.remedy}`]),
  ]);
  return [describeHeading(checks), "", ...lines].join("\n");
}
