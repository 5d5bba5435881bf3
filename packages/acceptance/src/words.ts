import {
  countRemoved,
  cutMarkdown,
  describeRemoved,
  inlineCode,
  type Packet,
  type SuspectCommit,
} from "@patchpilot/evidence";
import type { Scored, Severity } from "@patchpilot/incident";

/** Longest text of an incident's comment: it also travels in the work order. */
const MOST = 24_000;

/** Begins what intake adds at the end of an incident's comment. */
export const SINCE_ACCEPTANCE = "\n\n#### Since acceptance\n\n";

/** The parts of a comment that are not empty, cut to what a work order holds. */
export const joinParts = (parts: readonly string[]): string => cutMarkdown(joinFilled(parts), MOST);

export const joinFilled = (parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

/** How bad and how sure, with the reasons. */
export const scoresPart = ({
  severity,
  confidence,
}: {
  readonly severity: Scored<Severity>;
  readonly confidence: Scored<number>;
}): string =>
  `**Severity ${severity.value}**: ${severity.reasons.join("; ")}.\n**Confidence ${confidence.value.toFixed(2)}**: ${confidence.reasons.join("; ")}.`;

/** Rows of a name and a cell; those without a cell are left out. */
export function factsPart(rows: readonly (readonly [string, string])[]): string {
  const filled = rows.filter(([, value]) => value !== "");
  if (filled.length === 0) return "";
  return ["| | |", "|---|---|", ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

export const commitLines = (commits: readonly SuspectCommit[]): string =>
  commits
    .map(
      ({ sha, date, reasons, headline }) =>
        `- ${inlineCode(sha.slice(0, 12))} (${date.slice(0, 10)}): ${reasons.join("; ")}: ${inlineCode(headline, 100)}`,
    )
    .join("\n");

/** A heading and a list under it; empty without lines. */
export const listPart = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [`#### ${heading}`, "", ...lines.map((line) => `- ${line}`)].join("\n");

/**
 * Says what was taken out of the texts: a reader has to know that they were touched.
 * @param words.hidden what is hidden, as a sentence
 * @param words.advice on texts that read like orders
 */
export function cleaningNote(
  packet: Packet,
  words: { readonly hidden: string; readonly advice: string },
): string {
  const notes = [
    countRemoved(packet.removed) > 0 ? `Taken out: ${describeRemoved(packet.removed)}.` : "",
    packet.redacted > 0 ? `Hidden: ${words.hidden}.` : "",
    packet.withheld ? "A text was withheld because it could not be made safe." : "",
    packet.orders.length > 0 ? `Reads like orders (${packet.orders.join("; ")}): ${words.advice}.` : "",
    packet.shortened ? "Shortened to fit." : "",
  ].filter((note) => note !== "");
  return notes.length === 0 ? "" : `_${notes.join(" ")}_`;
}
