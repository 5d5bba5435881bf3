import { inlineCode } from "@patchpilot/evidence";
import { formatMinute } from "@patchpilot/time";

const MOST_NAMES = 10;

/** Names that others chose, each inert; the first ten of many. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => inlineCode(name, 60));
  const left = names.length - shown.length;
  return `${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** `2026-03-03 08:05 UTC`. */
export const instant = (at: Date): string => `${formatMinute(at)} UTC`;
