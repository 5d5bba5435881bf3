import {
  findCrash,
  inlineCode,
  isReported,
  mapFrames,
  primaryThrown,
  type SuspectCommit,
  type SuspectFile,
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
  readView,
} from "../facts.ts";
import { speakOfStack } from "../words/stack.ts";
import { findCategory, hasStack } from "./category.ts";
import { hasTellingLevel, markCategory } from "./category-marks.ts";
import { readChain } from "./chain.ts";

/** How severe a failure is. Pure. */
export function scoreFailure(subject: IntakeSubject): Scored<Severity> {
  if (subject.request !== undefined)
    return { value: "medium", reasons: ["someone asked for it; no data shows how bad it is"] };
  const { issue } = readView(subject.view);
  const isError = findCategory(subject).category === "error";
  return scoreSeverity({
    level: hasTellingLevel(subject) ? plainWord(issue?.level) : null,
    priority: plainWord(issue?.priority),
    handled: isError
      ? (findHandled(readChain(subject)) ?? (issue?.isUnhandled == null ? null : !issue.isUnhandled))
      : null,
    more: markCategory(subject),
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
  {
    suspects,
    commits,
  }: { readonly suspects: readonly SuspectFile[]; readonly commits: readonly SuspectCommit[] },
  inputs: IntakeInputs,
): Scored<number> {
  const { view, incident, request } = candidate;
  if (request !== undefined)
    return { value: 1, reasons: [`${inlineCode(request.by)} vouches for it, with write access`] };
  const { issue, event } = readView(view);
  const environment = findEnvironment(event);
  const { category } = findCategory(candidate);
  const { value, reasons } = scoreConfidence({
    basis: issue === null ? "text" : "service",
    environmentConfirmed: environment === null ? null : environment === inputs.environment,
    projectConfirmed: issue !== null,
    ...(hasStack(category) ? locateCrash(candidate, findings) : locateReport(suspects)),
    events: issue?.count ?? null,
    users: issue?.userCount ?? null,
    linkedBack: issue?.integrationIssues.some(({ url }) => url === incident.url) ?? false,
    suspectCommit: commits.length > 0,
  });
  const said = reasons.map((reason) => speakOfStack(reason, category));
  return category === "other"
    ? {
        value: Math.min(value, MOST_OF_UNKNOWN),
        reasons: [...said, "what its category means is not known here"],
      }
    : { value, reasons: said };
}

/** Under what `dispatch` asks for by default: somebody has to look at what is of an unknown category. */
const MOST_OF_UNKNOWN = 0.7;

type Place = Pick<ConfidenceFacts, "crash" | "otherFrameMapped">;

function locateReport([first]: readonly SuspectFile[]): Place {
  const crash = first === undefined ? "placeless" : isReported(first) ? "named" : "described";
  return { crash, otherFrameMapped: false };
}

const CRASH_BY_MATCH = {
  exact: "mapped",
  suffix: "mapped",
  compiled: "guessed",
  ambiguous: "ambiguous",
  none: "unmapped",
  foreign: "unmapped",
} as const;

function locateCrash(candidate: Candidate, { files }: CodeFindings): Place {
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
