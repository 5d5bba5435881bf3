import { isMeasured, type RecoveryRecord } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { type Close, type DueLook, type Fix, LOOKS, type VerifyFacts } from "../../facts.ts";
import type { VerifyCase } from "../case.ts";
import { CLOSING_QUESTIONS } from "../closing.ts";
import { readOldCounts } from "../watch/old-rate.ts";

/** What is known of an incident before anything is asked. */
export function startFacts(subject: VerifyCase, maxAttempts: number): VerifyFacts {
  const close = readClose(subject);
  return {
    ...pickKind(subject),
    phase: subject.phase,
    held: subject.held,
    attemptsLeft: Math.max(0, maxAttempts - subject.attempts),
    fix: (close && chooseClosedFix(subject, close)) ?? chooseFix(subject),
    ...(close ? { close } : {}),
  };
}

function pickKind({ summary: { kind } }: VerifyCase): Pick<VerifyFacts, "kind" | "closing"> {
  if (kind === "performance") return { kind, closing: CLOSING_QUESTIONS.performance };
  return isMeasured(kind) ? { closing: CLOSING_QUESTIONS.error } : { kind: "asked" };
}

/** The fix to verify: the newest merge, unless production has disproved it; then whatever was deployed after that. */
export function chooseFix({ merge, previous, acceptedAt }: VerifyCase): Fix {
  const disproved = previous?.verdict === "failing" ? Date.parse(previous.decidedAt) : undefined;
  const watchedFrom = typeof previous?.["watchFrom"] === "number" ? previous["watchFrom"] : undefined;
  const isDisproved = disproved !== undefined && previous?.mergeCommit === merge?.commit;
  if (merge !== null && !isDisproved && !(watchedFrom !== undefined && merge.at < watchedFrom)) {
    return { kind: "merged", ...merge };
  }
  return { kind: "deployment", after: Math.max(acceptedAt, disproved ?? 0, watchedFrom ?? 0) };
}

/** The fix that a close was about: another may have been merged since, and no answer of the watch disproves it. */
function chooseClosedFix({ merge, previous, acceptedAt }: VerifyCase, { at }: Close): Fix | undefined {
  const { mergeCommit, attempt = null } = previous ?? {};
  if (mergeCommit === undefined) return undefined;
  if (merge?.commit === mergeCommit) return { kind: "merged", ...merge };
  return { kind: "merged", commit: mergeCommit, at: Math.min(acceptedAt, at), attempt, pullRequest: null };
}

/** The anchor that an earlier run wrote down for the same fix. */
export function knownAnchor({ previous }: VerifyCase, fix: Fix): number | null {
  const anchor = previous?.["anchor"];
  if (typeof anchor !== "number") return null;
  const same =
    fix.kind === "merged" ? previous?.mergeCommit === fix.commit : previous?.["watchFrom"] === fix.after;
  return same ? anchor : null;
}

function readClose({ phase, previous, reopened, closedAgainAt = 0 }: VerifyCase): Close | undefined {
  if (phase !== "recovered" || previous?.closedAt === undefined) return undefined;
  const looks = (previous.looks ?? []).filter((look): look is DueLook =>
    (LOOKS as readonly string[]).includes(look),
  );
  const at = Math.max(Date.parse(previous.closedAt), closedAgainAt);
  const gone = isGone(previous) ? true : undefined;
  return { at, looks, ...omitUndefined({ reopened, gone, old: readOldCounts(previous) }) };
}

function isGone({ numbers }: RecoveryRecord): boolean {
  const { facts } = (numbers ?? {}) as { facts?: Partial<VerifyFacts> };
  return facts?.sign?.state === "gone";
}
