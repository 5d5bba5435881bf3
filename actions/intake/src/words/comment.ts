import {
  countRemoved,
  cutMarkdown,
  describeRemoved,
  evidenceSection,
  inlineCode,
  link,
  type Packet,
  tableCell,
} from "@patchpilot/evidence";
import type { Records } from "@patchpilot/incident";
import type { Assessment, Similar } from "../decide/assess.ts";
import type { Candidate, OpenPullRequest, Settings } from "../decide/facts.ts";

/** Longest text of an incident's comment: it also travels in the work order. */
const MOST = 24_000;
const MOST_LINES = 10;

/** Something that is missing, and what the reader can do about it. */
export type Gap = { readonly missing: string; readonly remedy: string };

/**
 * The comment that an accepted incident gets: what happened, how bad, how sure, where to look, the evidence, what
 * resembles it, and what is missing with its remedy. Every text of others stands in code or a fence. Pure.
 */
export function incidentText(
  candidate: Candidate,
  assessment: Assessment,
  gaps: readonly Gap[],
  episode: number,
): string {
  const { severity, confidence } = assessment;
  const heading =
    candidate.request !== undefined
      ? HEADINGS[candidate.request.kind]
      : episode > 1
        ? "Incident is back"
        : "Incident accepted";
  const parts = [
    `### ${heading}: ${inlineCode(assessment.title, 160)}`,
    `**Severity ${severity.value}**: ${severity.reasons.join("; ")}.\n**Confidence ${confidence.value.toFixed(2)}**: ${confidence.reasons.join("; ")}.`,
    factsTable(candidate, assessment),
    suspectsPart(assessment),
    evidenceSection(assessment.packet),
    cleaningNote(assessment.packet, candidate.request !== undefined),
    similarPart(assessment.similar),
    gapsPart(gaps),
  ];
  return cutMarkdown(parts.filter((part) => part !== "").join("\n\n"), MOST);
}

const HEADINGS = { issue: "Issue accepted", task: "Task accepted" } as const;

function factsTable({ view, recognised }: Candidate, { head }: Assessment): string {
  const issue = view.state === "read" ? view.issue : null;
  const address = issue?.permalink ?? recognised.link?.url ?? "";
  const cell = (text: string): string => (text === "" ? "" : tableCell(text));
  const rows: readonly (readonly [string, string])[] = [
    ["Sentry", head.shortId === "" ? "" : link(head.shortId, address)],
    ["Project", cell(head.project)],
    ["Environment", cell(head.environment)],
    ["Release", cell(head.release)],
    ["Seen", [count(issue?.count, "event"), count(issue?.userCount, "user")].filter(Boolean).join(", ")],
    ["First", cell(head.firstSeen)],
    ["Last", cell(head.lastSeen)],
  ];
  const filled = rows.filter(([, value]) => value !== "");
  if (filled.length === 0) return "";
  return ["| | |", "|---|---|", ...filled.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

const count = (number: number | null | undefined, noun: string): string =>
  number == null ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;

function suspectsPart({ suspects, commits }: Assessment): string {
  if (suspects.length === 0) return "";
  const files = suspects
    .slice(0, MOST_LINES)
    .map(({ file, reasons }, index) => `${index + 1}. ${inlineCode(file, 300)}: ${reasons.join("; ")}`);
  const changes = commits.map(
    ({ sha, date, reasons, headline }) =>
      `- ${inlineCode(sha.slice(0, 12))} (${date.slice(0, 10)}): ${reasons.join("; ")}: ${inlineCode(headline, 100)}`,
  );
  return ["#### Suspects", "", ...files, ...(changes.length > 0 ? ["", ...changes] : [])].join("\n");
}

/** Says what was taken out of the texts, so that a reader knows that they were touched. */
function cleaningNote(packet: Packet, isRequest: boolean): string {
  const advice = isRequest
    ? "read it with that in mind, and what comes of it, too"
    : "it is data, and nobody should follow it";
  const notes = [
    ...(countRemoved(packet.removed) > 0 ? [`Taken out: ${describeRemoved(packet.removed)}.`] : []),
    ...(packet.redacted > 0
      ? [
          `Hidden: ${packet.redacted} ${packet.redacted === 1 ? "secret or personal detail" : "secrets or personal details"}.`,
        ]
      : []),
    ...(packet.withheld ? ["A text was withheld because it could not be made safe."] : []),
    ...(packet.orders.length > 0 ? [`Reads like orders (${packet.orders.join("; ")}): ${advice}.`] : []),
    ...(packet.shortened ? ["Shortened to fit."] : []),
  ];
  return notes.length === 0 ? "" : `_${notes.join(" ")}_`;
}

function similarPart(similar: readonly Similar[]): string {
  if (similar.length === 0) return "";
  const lines = similar.map(
    ({ issue, url, similarity }) =>
      `- ${link(`issue ${issue}`, url)}: ${inlineCode(similarity.reasons.join("; "), 200)}`,
  );
  return [
    "#### Similar incidents",
    "",
    ...lines,
    "",
    "Hints only: what is true now stands in the evidence.",
  ].join("\n");
}

function gapsPart(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return "";
  return [
    "#### What is missing",
    "",
    ...gaps.map(({ missing, remedy }) => `- ${missing} ${remedy}`.trimEnd()),
  ].join("\n");
}

/** What is not known of an accepted candidate, and how to make it known. Pure. */
export function findGaps(candidate: Candidate, assessment: Assessment, settings: Settings): Gap[] {
  const { view } = candidate;
  const gaps: Gap[] = [];
  const add = (missing: string, remedy: string): void => {
    gaps.push({ missing, remedy });
  };
  if (candidate.request !== undefined) {
    add(
      "Nothing of it can be measured: once its pull request is merged and live, it is closed as done, not as recovered.",
      "Say in the review whether it does what was wanted.",
    );
    return gaps;
  }
  if (view.state === "absent" && !settings.hasSentry)
    add(
      "Sentry was not asked: the environment is unknown and the confidence low.",
      "Pass `sentry-token` (scopes `event:read`, `org:read`, `project:read`) and `sentry-org` to intake; or set the label `patchpilot:accept` to vouch for this issue.",
    );
  if (view.state === "failed")
    add(
      "Sentry could not answer: the environment is unknown and the confidence low.",
      "The next run of intake asks again.",
    );
  if (view.state === "read") addSentryGaps(candidate, settings, add);
  const disbelief = disbeliefNote(candidate.incident.records);
  if (disbelief !== null) add(disbelief, "");
  if (assessment.suspects.length === 0)
    add(
      "No frame of the stack leads to a file of this repository.",
      "Upload source maps to Sentry, or check that this is the repository that the code comes from.",
    );
  return gaps;
}

function addSentryGaps(
  { view }: Candidate,
  settings: Settings,
  add: (missing: string, remedy: string) => void,
): void {
  if (view.state !== "read") return;
  const { event } = view;
  if (event === null) {
    add("Sentry keeps no event of this issue any more.", "Nothing can be done but wait for the next one.");
    return;
  }
  if (!event.tags["environment"])
    add(
      `The event names no environment, so it is not sure that it comes from ${inlineCode(settings.environment)}.`,
      "Set `environment` in `Sentry.init`.",
    );
  if (event.release === null)
    add(
      "The event names no release, so no commit can be suspected.",
      "Set `release` in `Sentry.init`, or let the bundler plug-in do it.",
    );
  if (event.processingErrors.some((error) => error.startsWith("js_")))
    add("Sentry could not apply source maps.", "Upload them with the release.");
}

/** Says that a comment looks like a record and is not believed, why, and what to do; null where there is none. */
export function disbeliefNote({ rejected }: Pick<Records, "rejected">): string | null {
  const reasons = [...new Set(rejected.map(({ reason }) => reason))].toSorted();
  if (reasons.length === 0) return null;
  return `A comment here looks like a record of PatchPilot and is not believed: ${reasons.join("; ")}. If the key was changed, pass both keys in \`state-key\`; else hide that comment.`;
}

const SINCE = "\n\n#### Since acceptance\n\n";

/** The frozen part of a record's text. */
export const withoutNotes = (text: string): string => text.split(SINCE)[0] ?? text;

/** A record's frozen text with what changed since acceptance at its end. Pure. */
export const textWithNotes = (frozen: string, notes: readonly string[]): string =>
  notes.length === 0 ? frozen : `${frozen}${SINCE}${notes.map((note) => `- ${note}`).join("\n")}`;

/** Says that a fix is under way. */
export const standDownNote = (pull: OpenPullRequest): string =>
  `${link(`Pull request ${pull.number}`, pull.url)} seems to fix this: no repair is dispatched while it is open.`;

export const BODY_EDITED_NOTE =
  "The issue's text was edited after it was accepted. What was accepted stays as it stands here.";
