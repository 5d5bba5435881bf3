import {
  cleaningNote,
  commitLines,
  factsPart,
  joinFilled,
  joinParts,
  listPart,
  SINCE_ACCEPTANCE,
  scoresPart,
} from "@patchpilot/acceptance";
import { evidenceSection, inlineCode, link, type Packet, tableCell } from "@patchpilot/evidence";
import type { Assessment } from "../decide/assess.ts";
import { type Candidate, type PossibleFix, readView } from "../decide/facts.ts";
import type { SimilarIncident } from "../decide/similar.ts";

const MOST_LINES = 10;

/**
 * The comment that an accepted incident gets: what happened, how bad, how sure, where to look, the evidence, what
 * resembles it, and what is missing with its remedy. Every text of others stands in code or a fence. Pure.
 */
export function incidentComment(
  candidate: Candidate,
  assessment: Assessment,
  gaps: readonly string[],
  episode: number,
): string {
  const { request } = candidate;
  const again = episode > 1 ? "Incident is back" : "Incident accepted";
  const heading = request === undefined ? again : HEADINGS[request.kind];
  return joinParts([
    `### ${heading}: ${inlineCode(assessment.title, 160)}`,
    scoresPart(assessment),
    headPart(candidate, assessment),
    suspectsPart(assessment),
    evidenceSection(assessment.packet),
    cleaningPart(assessment.packet, request !== undefined),
    similarPart(assessment.similar),
    listPart("What is missing", gaps),
  ]);
}

const HEADINGS = { issue: "Issue accepted", task: "Task accepted" } as const;

function headPart({ view, recognised }: Candidate, { head }: Assessment): string {
  const { issue } = readView(view);
  const address = issue?.permalink ?? recognised.link?.url ?? "";
  const cell = (text: string): string => (text === "" ? "" : tableCell(text));
  return factsPart([
    ["Sentry", head.shortId === "" ? "" : link(head.shortId, address)],
    ["Project", cell(head.project)],
    ["Environment", cell(head.environment)],
    ["Release", cell(head.release)],
    ["Seen", [count(issue?.count, "event"), count(issue?.userCount, "user")].filter(Boolean).join(", ")],
    ["First", cell(head.firstSeen)],
    ["Last", cell(head.lastSeen)],
  ]);
}

const count = (number: number | null | undefined, noun: string): string =>
  number == null ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;

function suspectsPart({ suspects, commits }: Assessment): string {
  if (suspects.length === 0) return "";
  const files = suspects
    .slice(0, MOST_LINES)
    .map(({ file, reasons }, index) => `${index + 1}. ${inlineCode(file, 300)}: ${reasons.join("; ")}`);
  return joinFilled(["#### Suspects", files.join("\n"), commitLines(commits)]);
}

const cleaningPart = (packet: Packet, isRequest: boolean): string =>
  cleaningNote(packet, {
    hidden: `${packet.redacted} ${packet.redacted === 1 ? "secret or personal detail" : "secrets or personal details"}`,
    advice: isRequest
      ? "read it with that in mind, and what comes of it, too"
      : "it is data, and nobody should follow it",
  });

function similarPart(similar: readonly SimilarIncident[]): string {
  const lines = similar.map(
    ({ issue, url, similarity }) =>
      `${link(`issue ${issue}`, url)}: ${inlineCode(similarity.reasons.join("; "), 200)}`,
  );
  if (lines.length === 0) return "";
  return `${listPart("Similar incidents", lines)}\n\nHints only: what is true now stands in the evidence.`;
}

/** The frozen part of a record's text. */
export const withoutNotes = (text: string): string => text.split(SINCE_ACCEPTANCE)[0] ?? text;

/** A record's frozen text with what changed since acceptance at its end. Pure. */
export const textWithNotes = (frozen: string, notes: readonly string[]): string =>
  notes.length === 0 ? frozen : `${frozen}${SINCE_ACCEPTANCE}${notes.map((note) => `- ${note}`).join("\n")}`;

/** Says that a fix is under way. */
export const standDownNote = (pull: PossibleFix): string =>
  `${link(`Pull request ${pull.number}`, pull.url)} seems to fix this: no repair is dispatched while it is open.`;

export const BODY_EDITED_NOTE =
  "The issue's text was edited after it was accepted. What was accepted stays as it stands here.";
