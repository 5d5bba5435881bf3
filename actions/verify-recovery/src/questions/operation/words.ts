import { cutAtCodePoint, oneLine } from "@patchpilot/evidence";

const MOST_TEXT = 80;

/** Operations as people read them: "POST /checkout", "POST /checkout and 2 other operations". Still hostile text. */
export function describeOperations([first = "", ...others]: readonly string[]): string {
  const name = cutAtCodePoint(oneLine(first), MOST_TEXT);
  if (others.length === 0) return name;
  return `${name} and ${others.length} other ${others.length === 1 ? "operation" : "operations"}`;
}
