import {
  findCrashFrame,
  findFile,
  inlineCode,
  isOwnFrame,
  primaryThrown,
  type SuspectCommit,
} from "@patchpilot/evidence";
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
  return scoreSeverity({
    level: plainWord(issue?.level),
    priority: plainWord(issue?.priority),
    handled: findHandled(readChain(subject)) ?? (issue?.isUnhandled == null ? null : !issue.isUnhandled),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    regressed: subject.occasion === "returned" || issue?.substatus === "regressed",
    escalating: issue?.substatus === "escalating",
  });
}

/** As Sentry has it: unhandled if any exception of the chain was. SDKs call causes and members of groups handled. */
function findHandled(chain: readonly { readonly handled: boolean | null }[]): boolean | null {
  const handled = chain.map((thrown) => thrown.handled);
  return handled.includes(false) ? false : handled.includes(true) || null;
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

const CRASH_BY_MATCH = { none: "unmapped", compiled: "guessed", ambiguous: "ambiguous" } as const;

function locateCrash(
  candidate: Candidate,
  { files }: CodeFindings,
): Pick<ConfidenceFacts, "crash" | "otherFrameMapped"> {
  const thrown = primaryThrown(readChain(candidate));
  const crashed = thrown === null ? null : findCrashFrame(thrown);
  if (thrown === null || crashed === null) return { crash: "no-stack", otherFrameMapped: false };
  if (files === null) return { crash: "unmapped", otherFrameMapped: false };
  const { kind } = findFile(files, crashed);
  const others = thrown.frames.filter((frame) => frame !== crashed && isOwnFrame(frame));
  return {
    crash: kind in CRASH_BY_MATCH ? CRASH_BY_MATCH[kind as keyof typeof CRASH_BY_MATCH] : "mapped",
    otherFrameMapped: others.some((frame) => "file" in findFile(files, frame)),
  };
}
