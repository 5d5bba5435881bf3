import {
  buildPacket,
  cleanText,
  findCrashFrame,
  findFile,
  findSimilar,
  inlineCode,
  isOwnFrame,
  type Packet,
  primaryThrown,
  rankCommits,
  rankFiles,
  type Similarity,
  type SuspectCommit,
  type SuspectFile,
} from "@patchpilot/evidence";
import {
  type ConfidenceFacts,
  type Incident,
  type Scored,
  type Severity,
  type SeverityFacts,
  scoreConfidence,
  scoreSeverity,
} from "@patchpilot/incident";
import type { Candidate, Settings, Subject } from "./facts.ts";
import { chainOf } from "./facts.ts";
import { type Naming, nameSubject } from "./identify.ts";
import type { Findings } from "./investigate.ts";
import { environmentOf } from "./judge.ts";

/** A past incident that resembles this one. */
export type Similar = {
  readonly issue: number;
  readonly url: string;
  readonly similarity: Similarity;
  readonly signature: string;
  readonly files: readonly string[];
};

/** What the head of an incident's comment says of it; clean texts, empty where unknown. */
export type Head = Readonly<
  Record<"shortId" | "project" | "environment" | "release" | "firstSeen" | "lastSeen", string>
>;

/** Everything that is written about an accepted incident; all texts are clean. */
export type Assessment = {
  readonly naming: Naming;
  readonly title: string;
  readonly head: Head;
  readonly severity: Scored<Severity>;
  readonly confidence: Scored<number>;
  readonly suspects: readonly SuspectFile[];
  readonly commits: readonly SuspectCommit[];
  readonly similar: readonly Similar[];
  readonly packet: Packet;
};

/** Most bytes of the packet: the comment that shows it travels in the work order, which may have 32 KiB. */
const PACKET_BYTES = 12 * 1024;

/** How severe a failure is. Pure. */
export function severityOf(subject: Subject): Scored<Severity> {
  if (subject.request !== undefined)
    return { value: "medium", reasons: ["a person asked for it; how bad it is, nothing tells"] };
  return scoreSeverity(severityFacts(subject));
}

function severityFacts(subject: Subject): SeverityFacts {
  const { view, occasion } = subject;
  const issue = view.state === "read" ? view.issue : null;
  const thrown = primaryThrown(chainOf(subject));
  return {
    level: plainWord(issue?.level ?? null),
    priority: plainWord(issue?.priority ?? null),
    handled: thrown?.handled ?? (issue?.isUnhandled == null ? null : !issue.isUnhandled),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    regressed: occasion === "returned" || issue?.substatus === "regressed",
    escalating: issue?.substatus === "escalating",
  };
}

const plainWord = (text: string | null): string | null =>
  text !== null && /^[a-z]{1,20}$/.test(text) ? text : null;

/**
 * Assesses one candidate: who it is, how severe and how sure, which files and commits are suspect, which past
 * incidents resemble it, and the evidence. Pure.
 */
export function assess(
  candidate: Candidate,
  findings: Findings,
  past: readonly Incident[],
  settings: Settings,
  secrets: readonly string[],
): Assessment {
  const naming = nameSubject(candidate, candidate.incident.number, settings);
  const chain = chainOf(candidate);
  const title = titleOf(candidate, secrets);
  const clean: Clean = (text, maxLength) =>
    cleanText(text ?? "", { maxLength, secrets, singleLine: true }).text;
  const signature = clean(naming.signature, 300);
  const stack = {
    files: findings.files ?? { byName: new Map(), complete: false },
    chain,
    commits: findings.commits,
    period: findings.period,
  };
  const alone = rankFiles({ ...stack, lessons: [], most: settings.suspectFiles });
  const similar = findSimilarPast(
    { signature, files: alone.map((suspect) => suspect.file), words: title },
    past,
    settings,
  );
  const lessons = similar.map(({ issue, files }) => ({ issue, files }));
  const suspects = rankFiles({ ...stack, lessons, most: settings.suspectFiles });
  const commits = rankCommits(findings.commits, suspects, 5, findings.period).map((commit) => ({
    ...commit,
    headline: clean(commit.headline, 100),
  }));
  return {
    naming: { ...naming, signature },
    title,
    head: headOf(candidate, clean),
    severity: severityOf(candidate),
    confidence:
      candidate.request === undefined
        ? scoreConfidence(confidenceFacts(candidate, findings, commits, settings))
        : { value: 1, reasons: [`${inlineCode(candidate.request.by)} vouches for it, with write access`] },
    suspects,
    commits,
    similar,
    packet: packetOf(candidate, findings, suspects, commits, secrets),
  };
}

type Clean = (text: string | null | undefined, maxLength: number) => string;

function headOf({ view, recognised }: Candidate, clean: Clean): Head {
  const issue = view.state === "read" ? view.issue : null;
  const event = view.state === "read" ? view.event : null;
  return {
    shortId: clean(issue?.shortId ?? recognised.link?.shortId, 120),
    project: clean(issue?.project.slug, 80),
    environment: clean(environmentOf(event), 64),
    release: clean(event?.release?.version, 200),
    firstSeen: clean(issue?.firstSeen, 40),
    lastSeen: clean(issue?.lastSeen, 40),
  };
}

/** What people read first: type and message of the exception, else Sentry's own title, never the GitHub issue's; of a request its own. */
export function titleOf(candidate: Subject, secrets: readonly string[]): string {
  if (candidate.request !== undefined)
    return (
      cleanText(candidate.request.title, { maxLength: 160, secrets, singleLine: true }).text ||
      "a request without a title"
    );
  const thrown = primaryThrown(chainOf(candidate));
  const { view, recognised } = candidate;
  const raw =
    thrown !== null && (thrown.type !== null || thrown.value !== null)
      ? [thrown.type, thrown.value].filter((part) => part !== null).join(": ")
      : view.state === "read"
        ? view.issue.title
        : "";
  const text = cleanText(raw, { maxLength: 160, secrets, singleLine: true }).text;
  return text === "" ? (recognised.link?.shortId ?? "an incident without a title") : text;
}

type Likeness = { readonly signature: string; readonly files: readonly string[]; readonly words: string };

function findSimilarPast(incident: Likeness, past: readonly Incident[], settings: Settings): Similar[] {
  const comparable = past
    .filter(({ open }) => !open)
    .flatMap(({ number, url, records }) => {
      const record = records.incident?.data;
      if (record === undefined) return [];
      const lesson = [...records.recoveries.values()]
        .map((stored) => stored.data.lesson)
        .findLast((one) => one !== undefined);
      return [
        {
          issue: number,
          url,
          signature: lesson?.signature ?? record.signature ?? "",
          files: lesson !== undefined && lesson.files.length > 0 ? lesson.files : record.suspectFiles,
          words: [record.title, lesson?.cause ?? ""].join(" "),
        },
      ];
    });
  return findSimilar(incident, comparable, settings.similarIncidents).map(({ past: one, similarity }) => ({
    ...one,
    similarity,
  }));
}

function confidenceFacts(
  candidate: Candidate,
  findings: Findings,
  commits: readonly SuspectCommit[],
  settings: Settings,
): ConfidenceFacts {
  const { view, incident } = candidate;
  const issue = view.state === "read" ? view.issue : null;
  const environment = view.state === "read" ? environmentOf(view.event) : null;
  return {
    basis: view.state === "read" ? "service" : "text",
    environmentConfirmed: environment === null ? null : environment === settings.environment,
    projectConfirmed: issue !== null,
    ...crashFacts(candidate, findings),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    linkedBack: issue?.integrationIssues.some(({ url }) => url === incident.url) ?? false,
    suspectCommit: commits.length > 0,
  };
}

function crashFacts(
  candidate: Candidate,
  { files }: Findings,
): Pick<ConfidenceFacts, "crash" | "otherFrameMapped"> {
  const thrown = primaryThrown(chainOf(candidate));
  const crashed = thrown === null ? null : findCrashFrame(thrown);
  if (thrown === null || crashed === null) return { crash: "no-stack", otherFrameMapped: false };
  if (files === null) return { crash: "unmapped", otherFrameMapped: false };
  const match = findFile(files, crashed).kind;
  const others = thrown.frames.filter((frame) => frame !== crashed && isOwnFrame(frame));
  return {
    crash:
      match === "none"
        ? "unmapped"
        : match === "compiled"
          ? "guessed"
          : match === "ambiguous"
            ? "ambiguous"
            : "mapped",
    otherFrameMapped: others.some((frame) => "file" in findFile(files, frame)),
  };
}

function packetOf(
  candidate: Candidate,
  findings: Findings,
  suspects: readonly SuspectFile[],
  commits: readonly SuspectCommit[],
  secrets: readonly string[],
): Packet {
  const { view, recognised, request } = candidate;
  const issue = view.state === "read" ? view.issue : null;
  const event = view.state === "read" ? view.event : null;
  const rules = { maxBytes: PACKET_BYTES, secrets };
  if (request !== undefined) {
    const { title, words } = request;
    return buildPacket(
      { title, words, chain: [], server: {}, files: findings.files, suspects, commits },
      rules,
    );
  }
  return buildPacket(
    {
      title: issue?.title ?? null,
      chain: chainOf(candidate),
      statements:
        event !== null && event.evidenceDisplay.length > 0 ? event.evidenceDisplay : recognised.statements,
      transaction: event?.tags["transaction"] ?? null,
      culprit: event?.culprit ?? issue?.culprit ?? null,
      environment: environmentOf(event),
      release: event?.release?.version ?? null,
      platform: event?.platform ?? issue?.platform ?? null,
      server: {
        "sentry issue": issue?.shortId,
        project: issue?.project.slug,
        level: issue?.level,
        priority: issue?.priority,
        state: issue === null ? null : [issue.status, issue.substatus].filter(Boolean).join(", "),
        events: issue?.count,
        users: issue?.userCount,
        "first seen": issue?.firstSeen,
        "last seen": issue?.lastSeen,
      },
      files: findings.files,
      suspects,
      commits,
      goodRelease: findings.goodRelease,
    },
    rules,
  );
}
