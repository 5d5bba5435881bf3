import { findCrash, inlineCode, mapFrames, primaryThrown, type SuspectCommit } from "@patchpilot/evidence";
import {
  type ConfidenceFacts,
  type Scored,
  type Severity,
  scoreConfidence,
  scoreSeverity,
} from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import {
  type Candidate,
  type CodeFindings,
  findEnvironment,
  type IntakeSubject,
  readChain,
  readView,
} from "../facts.ts";

/** How severe a failure is. Pure. */
export function scoreFailure(subject: IntakeSubject): Scored<Severity> {
  if (subject.request !== undefined)
    return { value: "medium", reasons: ["a person asked for it; how bad it is, nothing tells"] };
  const { issue } = readView(subject.view);
  const thrown = primaryThrown(readChain(subject));
  return scoreSeverity({
    level: plainWord(issue?.level),
    priority: plainWord(issue?.priority),
    handled: thrown?.handled ?? (issue?.isUnhandled == null ? null : !issue.isUnhandled),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    regressed: subject.occasion === "returned" || issue?.substatus === "regressed",
    escalating: issue?.substatus === "escalating",
  });
}

const plainWord = (text: string | null | undefined): string | null =>
  text != null && /^[a-z]{1,20}$/.test(text) ? text : null;

/** How sure it is that this is what it seems. Pure. */
export function scoreCertainty(
  candidate: Candidate,
  findings: CodeFindings,
  commits: readonly SuspectCommit[],
  inputs: IntakeInputs,
): Scored<number> {
  const { view, incident, request } = candidate;
  if (request !== undefined)
    return { value: 1, reasons: [`${inlineCode(request.by)} vouches for it, with write access`] };
  const { issue, event } = readView(view);
  const environment = findEnvironment(event);
  return scoreConfidence({
    basis: issue === null ? "text" : "service",
    environmentConfirmed: environment === null ? null : environment === inputs.environment,
    projectConfirmed: issue !== null,
    ...locateCrash(candidate, findings),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    linkedBack: issue?.integrationIssues.some(({ url }) => url === incident.url) ?? false,
    suspectCommit: commits.length > 0,
  });
}

const CRASH_BY_MATCH = {
  exact: "mapped",
  suffix: "mapped",
  compiled: "guessed",
  ambiguous: "ambiguous",
  none: "unmapped",
  foreign: "unmapped",
} as const;

function locateCrash(
  candidate: Candidate,
  { files }: CodeFindings,
): Pick<ConfidenceFacts, "crash" | "otherFrameMapped"> {
  const thrown = primaryThrown(readChain(candidate));
  if (thrown === null || thrown.frames.length === 0) return { crash: "no-stack", otherFrameMapped: false };
  if (files === null) return { crash: "unmapped", otherFrameMapped: false };
  const mapped = mapFrames(files, thrown);
  const crashed = findCrash(mapped);
  return {
    crash: CRASH_BY_MATCH[crashed?.match.kind ?? "none"],
    otherFrameMapped: mapped.some((one) => one !== crashed && one.own && "file" in one.match),
  };
}
