import {
  cleanText,
  type Packet,
  rankCommits,
  type SuspectCommit,
  type SuspectFile,
} from "@patchpilot/evidence";
import type { Incident, Scored, Severity } from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import { type Candidate, type CodeFindings, findEnvironment, readView } from "../facts.ts";
import { speakOfStack } from "../words/stack.ts";
import { type AlikeIncident, findAlike, type Lookalike } from "./alike.ts";
import { findCategory } from "./category.ts";
import { type Naming, nameSubject, titleSubject } from "./identify.ts";
import { packEvidence } from "./packet.ts";
import { type Recalled, recallLessons } from "./recall.ts";
import { scoreCertainty, scoreFailure } from "./score.ts";
import { findSimilarPast, type SimilarIncident } from "./similar.ts";
import { rankSuspects } from "./suspect-files.ts";

/** Everything that is written about an accepted incident; all texts are clean. */
export type IntakeAssessment = {
  readonly naming: Naming;
  readonly title: string;
  /** What the head of the comment says; empty if it is unknown. */
  readonly head: Readonly<
    Record<"shortId" | "project" | "environment" | "release" | "firstSeen" | "lastSeen", string>
  >;
  readonly severity: Scored<Severity>;
  readonly confidence: Scored<number>;
  readonly suspects: readonly SuspectFile[];
  readonly commits: readonly SuspectCommit[];
  readonly similar: readonly SimilarIncident[];
  readonly alike: readonly AlikeIncident[];
  /** What those with the same signature taught. */
  readonly recalled: readonly Recalled[];
  readonly packet: Packet;
  readonly unread: CodeFindings["unread"];
  /** Whether a file of the repository could be found at all. */
  readonly isListed: boolean;
};

/**
 * Assesses one candidate: who it is, how severe and how sure, which files and commits are suspect, which incidents
 * resemble it, and the evidence. Pure.
 * @param around.known other incidents, open and closed
 * @param around.chosen what this run accepts
 */
export function assessCandidate(
  candidate: Candidate,
  findings: CodeFindings,
  around: { readonly known: readonly Incident[]; readonly chosen: readonly Lookalike[] },
  inputs: IntakeInputs,
  secrets: readonly string[],
): IntakeAssessment {
  const naming = nameSubject(candidate, candidate.incident.number, inputs);
  const title = titleSubject(candidate, secrets);
  const clean: Clean = (text, maxLength) =>
    cleanText(text ?? "", { maxLength, secrets, singleLine: true }).text;
  const signature = clean(naming.signature, 300);
  const most = inputs["suspect-files"];
  const alone = rankSuspects(candidate, findings, [], most).map(({ file }) => file);
  const similar = findSimilarPast(
    { signature, files: alone, words: title },
    around.known,
    inputs["similar-incidents"],
  );
  const lessons = similar.map(({ issue, files }) => ({ issue, files }));
  const suspects = rankSuspects(candidate, findings, lessons, most);
  const commits = rankCommits(findings.commits, suspects, 5, findings.period).map((commit) => ({
    ...commit,
    headline: clean(commit.headline, 100),
    reasons: commit.reasons.map((reason) => speakOfStack(reason, findCategory(candidate).category)),
  }));
  return {
    naming: { ...naming, signature },
    title,
    head: readHead(candidate, clean),
    severity: scoreFailure(candidate),
    confidence: scoreCertainty(candidate, findings, { suspects, commits }, inputs),
    suspects,
    commits,
    similar,
    alike: findAlike({ naming, issue: candidate.incident.number }, around.known, around.chosen),
    recalled: recallLessons(candidate.incident, similar, around.known, signature, secrets),
    packet: packEvidence(candidate, findings, suspects, commits, secrets),
    unread: findings.unread,
    isListed: findings.files !== null,
  };
}

type Clean = (text: string | null | undefined, maxLength: number) => string;

function readHead({ view, recognised }: Candidate, clean: Clean): IntakeAssessment["head"] {
  const { issue, event } = readView(view);
  return {
    shortId: clean(issue?.shortId ?? recognised.link?.shortId, 120),
    project: clean(issue?.project.slug, 80),
    environment: clean(findEnvironment(event), 64),
    release: clean(event?.release?.version, 200),
    firstSeen: clean(issue?.firstSeen, 40),
    lastSeen: clean(issue?.lastSeen, 40),
  };
}
