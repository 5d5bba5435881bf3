/** Begins the frozen part of an incident's comment. What comes before it is written anew whenever a record changes. */
const MARKER = "<!-- patchpilot:accepted -->";
const END = "\n\n</details>";
/** Evidence may quote the marker, but only a status begins with a colour. */
const STATUS = /^### (?:🔴|🟡|🟢|⚪) /u;

/** A status, and under it, folded, what was frozen at acceptance with the notes since then. Pure. */
export const joinFrozen = (status: string, summary: string, frozen: string): string =>
  `${status}\n\n<details><summary>${summary}</summary>\n\n${MARKER}\n\n${frozen}${END}`;

/**
 * The frozen part of an incident's comment, byte for byte as it was accepted: a worker gets it as evidence. A comment from
 * before there was a status is frozen as a whole. Pure.
 */
export function readFrozen(text: string): string {
  if (!STATUS.test(text)) return text;
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.trimEnd() === MARKER);
  if (start < 0) return text;
  const rest = lines.slice(start + 2).join("\n");
  return rest.endsWith(END) ? rest.slice(0, -END.length) : rest;
}
