import {
  countRemoved,
  cutMarkdown,
  describeRemoved,
  evidenceSection,
  inlineCode,
  type Packet,
  type SuspectCommit,
} from "@patchpilot/evidence";
import type { Scored, Severity } from "@patchpilot/incident";

/** Longest text of an incident's comment: it also travels in the work order. */
const MOST = 24_000;

/** Begins what intake adds at the end of an incident's comment. */
export const SINCE_ACCEPTANCE = "\n\n#### Since acceptance\n\n";

/** What the comment of an accepted incident consists of. Every text of others stands in code or a fence. */
export type IncidentParts = {
  /** Heading, and what comes before the scores. */
  readonly head: readonly string[];
  readonly severity: Scored<Severity>;
  readonly confidence: Scored<number>;
  /** Rows of a name and a cell; those without a cell are left out. */
  readonly facts: readonly (readonly [string, string])[];
  readonly picture?: string;
  /** Lines about suspect files. */
  readonly files: readonly string[];
  readonly commits: readonly SuspectCommit[];
  readonly packet: Packet;
  /** What is hidden in the packet, and what to do with texts in it that read like orders. */
  readonly cleaning: { readonly hidden: string; readonly advice: string };
  readonly similar?: string;
  readonly gaps: { readonly heading: string; readonly lines: readonly string[] };
};

/** The comment that an accepted incident gets, cut to what a work order holds. Pure. */
export const composeComment = (parts: IncidentParts): string =>
  cutMarkdown(
    joinFilled([
      ...parts.head,
      scoresPart(parts),
      factsPart(parts.facts),
      parts.picture,
      suspectsPart(parts),
      evidenceSection(parts.packet),
      cleaningNote(parts),
      parts.similar,
      listPart(parts.gaps.heading, parts.gaps.lines),
    ]),
    MOST,
  );

export const joinFilled = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("\n\n");

/** A heading and a list under it; empty without lines. */
export const listPart = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [`#### ${heading}`, "", ...lines.map((line) => `- ${line}`)].join("\n");

const scoresPart = ({ severity, confidence }: IncidentParts): string =>
  `**Severity ${severity.value}**: ${severity.reasons.join("; ")}.\n**Confidence ${confidence.value.toFixed(2)}**: ${confidence.reasons.join("; ")}.`;

function factsPart(rows: IncidentParts["facts"]): string {
  const filled = rows.filter(([, value]) => value !== "");
  if (filled.length === 0) return "";
  return ["| | |", "|---|---|", ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function suspectsPart({ files, commits }: IncidentParts): string {
  if (files.length === 0 && commits.length === 0) return "";
  const numbered = files.map((line, index) => `${index + 1}. ${line}`);
  const changes = commits.map(
    ({ sha, date, reasons, headline }) =>
      `- ${inlineCode(sha.slice(0, 12))} (${date.slice(0, 10)}): ${reasons.join("; ")}: ${inlineCode(headline, 100)}`,
  );
  return joinFilled(["#### Suspects", numbered.join("\n"), changes.join("\n")]);
}

/** Says what was taken out of the texts: a reader has to know that they were touched. */
function cleaningNote({ packet, cleaning }: IncidentParts): string {
  const notes = [
    countRemoved(packet.removed) > 0 ? `Taken out: ${describeRemoved(packet.removed)}.` : "",
    packet.redacted > 0 ? `Hidden: ${cleaning.hidden}.` : "",
    packet.withheld ? "A text was withheld because it could not be made safe." : "",
    packet.orders.length > 0 ? `Reads like orders (${packet.orders.join("; ")}): ${cleaning.advice}.` : "",
    packet.shortened ? "Shortened to fit." : "",
  ].filter((note) => note !== "");
  return notes.length === 0 ? "" : `_${notes.join(" ")}_`;
}
