/** The line before a plan in its comment: what follows is code, so nothing in it is a mention, a link or an image. */
const OPENING = /^(`{3,})plan$/;

/**
 * A clean plan as the section of its comment, in a fence that nothing in it can close.
 * @param plan line ends are `\n`; blank lines and spaces at the end do not count
 */
export function planSection(plan: string): string {
  const longest = Math.max(0, ...(plan.match(/`+/g) ?? []).map((run) => run.length));
  const bar = "`".repeat(Math.max(3, longest + 1));
  return `${bar}plan\n${plainPlan(plan)}\n${bar}`;
}

/** The plan as it counts for its hash: as it reads back from a comment, whatever GitHub does to line ends. */
export const plainPlan = (plan: string): string => plan.replace(/\r\n?/g, "\n").trimEnd();

/** The plan of a comment; undefined where it has no whole section, or more than one. */
export function readPlanSection(body: string): string | undefined {
  const lines = plainPlan(body).split("\n");
  const start = lines.findIndex((line) => OPENING.test(line));
  const bar = OPENING.exec(lines[start] ?? "")?.[1];
  if (bar === undefined) return undefined;
  const length = lines.slice(start + 1).indexOf(bar);
  if (length < 0) return undefined;
  const end = start + 1 + length;
  if (lines.slice(end + 1).some((line) => OPENING.test(line))) return undefined;
  return lines.slice(start + 1, end).join("\n");
}
