import { isMeasured } from "@patchpilot/incident";
import type { Close, Facts, Fix, Look } from "../../facts.ts";
import { LOOKS } from "../../facts.ts";
import type { Case } from "../../ports.ts";

/** What is known of an incident before anything is asked. */
export function startFacts(subject: Case, maxAttempts: number): Facts {
  const close = closeOf(subject);
  return {
    ...kindOf(subject),
    phase: subject.phase,
    held: subject.held,
    attemptsLeft: Math.max(0, maxAttempts - subject.attempts),
    fix: fixOf(subject),
    ...(close ? { close } : {}),
  };
}

function kindOf({ summary: { kind } }: Case): Pick<Facts, "kind"> {
  if (kind === "performance") return { kind };
  return isMeasured(kind) ? {} : { kind: "asked" };
}

/** The fix to verify: the newest merge, unless production has disproved it; then whatever was deployed after that. */
export function fixOf({ merge, previous, acceptedAt }: Case): Fix {
  const disproved = previous?.verdict === "failing" ? Date.parse(previous.decidedAt) : undefined;
  const watchedFrom = typeof previous?.["watchFrom"] === "number" ? previous["watchFrom"] : undefined;
  const isDisproved = disproved !== undefined && previous?.mergeCommit === merge?.commit;
  if (merge !== null && !isDisproved && !(watchedFrom !== undefined && merge.at < watchedFrom)) {
    return { kind: "merged", ...merge };
  }
  return { kind: "deployment", after: Math.max(acceptedAt, disproved ?? 0, watchedFrom ?? 0) };
}

/** The anchor that an earlier run wrote down for the same fix. */
export function knownAnchor({ previous }: Case, fix: Fix): number | null {
  const anchor = previous?.["anchor"];
  if (typeof anchor !== "number") return null;
  const same =
    fix.kind === "merged" ? previous?.mergeCommit === fix.commit : previous?.["watchFrom"] === fix.after;
  return same ? anchor : null;
}

function closeOf({ phase, previous }: Case): Close | undefined {
  if (phase !== "recovered" || previous?.closedAt === undefined) return undefined;
  const looks = (previous.looks ?? []).filter((look): look is Look =>
    (LOOKS as readonly string[]).includes(look),
  );
  return { at: Date.parse(previous.closedAt), looks };
}
