import {
  type AttemptOutcome,
  type ClaimFact,
  type Groundwork,
  type Incident,
  SEVERITIES,
} from "@patchpilot/incident";
import {
  approvalCause,
  barredByPlan,
  barredByPullRequest,
  groundOf,
  isPlanned,
  unspentApproval,
} from "./answers.ts";
import { type Choice, skip } from "./choice.ts";
import { sameEpisode, unspentCommand, unspentLabel } from "./commands.ts";
import { depthOf } from "./depth.ts";
import type { Facts, Settings } from "./facts.ts";
import { highestClaim, isDisproved, isSpent, reviewCause, type Settlement } from "./settle.ts";

/**
 * Chooses for one incident: gates of policy first, then the cause that opens an attempt. Budgets come after, since
 * they are shared. Pure. `settlement` is what `settle` said, with a gate that was closed since counted as settled.
 */
export function choose(facts: Facts, settlement: Settlement, settings: Settings): Choice {
  const barred = barredByIssue(facts) ?? barredBySettlement(settlement) ?? barredByMerge(facts, settlement);
  if (barred) return barred;
  const claim = highestClaim(facts);
  if (claim !== undefined && claim.fact !== "unreadable") {
    if (settlement.kind === "takeover") return takeOver(facts, claim.attempt, claim.fact, settings);
    if (settlement.kind === "loss")
      return (
        barredByPolicy(facts, settings, true) ??
        barredByDepth(facts, settings, claim.fact) ?? {
          kind: "repeat",
          attempt: claim.attempt,
          losses: claim.fact.losses + 1,
        }
      );
  }
  return (
    (isPlanned(facts, settlement) ? barredByPlan(facts, settings) : barredByPerson(facts, settings)) ??
    barredByPolicy(facts, settings) ??
    barredByPullRequest(facts, settlement, settings) ??
    openNext(facts, settlement, settings)
  );
}

/** An attempt that nobody confirmed. Refused twice for one reason, it goes out again once a person says so. */
function takeOver(facts: Facts, attempt: number, claim: ClaimFact, settings: Settings): Choice {
  const repeat = { kind: "repeat", attempt, losses: claim.losses } as const;
  // A worker has passed the gate already: the takeover only confirms it, so no policy bars it.
  if (facts.gate.state === "present") return repeat;
  const barred = barredByPolicy(facts, settings, true) ?? barredByDepth(facts, settings, claim);
  if (barred) return barred;
  if (claim.state !== "refused" || claim.refusals < 2) return repeat;
  const spends = unspentCommand(facts, settings);
  return spends === undefined
    ? skip("dispatch-refused", claim.refusal ?? "GitHub refused the dispatch", true)
    : { ...repeat, spends };
}

function barredByIssue({ incident }: Facts): Choice | undefined {
  const { issue, records, phase } = incident;
  if (records.newerVersion !== undefined)
    return skip(
      "read-only",
      `its records are of version ${records.newerVersion}; upgrade patchpilot/dispatch`,
    );
  if (!issue.open) return skip("closed", "the issue is closed");
  if (phase === undefined || records.incident === undefined)
    return skip("not-accepted", "no accepted incident is recorded on this issue");
  if (issue.labels.includes("patchpilot:hold")) return skip("held", "the label patchpilot:hold is set");
  if (phase === "verifying")
    return skip("verifying", "its fix is merged and waits for proof from production");
  return undefined;
}

/** What waits for a person is opened anew by a command alone. An attempt that is claimed already goes its way. */
function barredByPerson(facts: Facts, settings: Settings): Choice | undefined {
  if (facts.incident.phase !== "needs-human") return undefined;
  const command = unspentCommand(facts, settings) ?? unspentLabel(facts, "accept");
  return command === undefined
    ? skip("needs-human", lastReason(facts.incident) ?? "a person has to decide")
    : undefined;
}

function barredBySettlement(settlement: Settlement): Choice | undefined {
  if (settlement.kind === "proposed") return skip("proposed", "its pull request waits for review");
  if (settlement.kind === "in-flight") return skip("in-flight", settlement.reason);
  if (settlement.kind === "close") return skip("in-flight", "its outcome is not written down yet");
  if (settlement.kind === "stuck") return skip("claim-refused", settlement.reason, true);
  if (settlement.kind === "frozen") return skip("frozen", settlement.reason, true);
  return undefined;
}

/** A merge that was seen just now: the labels do not say so yet, but production is to judge it first. */
function barredByMerge(facts: Facts, settlement: Settlement): Choice | undefined {
  if (settlement.kind !== "settled" || settlement.outcome !== "merged" || !sameEpisode(facts))
    return undefined;
  const { phase } = facts.incident;
  const isNews = phase === "accepted" || phase === "working" || phase === "proposed";
  if (!isNews || isDisproved(facts, settlement.gate.mergeCommit)) return undefined;
  return skip("verifying", "its fix is merged and waits for proof from production");
}

/** @param repeating the attempt is claimed already, so its number is not counted again. */
function barredByPolicy(facts: Facts, settings: Settings, repeating = false): Choice | undefined {
  const record = facts.incident.records.incident?.data;
  if (record === undefined) return undefined;
  if (settings.autonomy === "observe") return skip("observe", "`autonomy: observe` dispatches nothing");
  if (record.standDown) return skip("fix-in-flight", record.standDown);
  if (facts.vouchedBy.accept) return repeating ? undefined : exhausted(facts, settings);
  if (SEVERITIES.indexOf(record.severity) > severityRank(settings.minSeverity))
    return skip("below-severity", `severity ${record.severity} is below ${settings.minSeverity}`, true);
  if (record.confidence < settings.minConfidence)
    return skip(
      "below-confidence",
      `confidence ${record.confidence.toFixed(2)} is below ${settings.minConfidence}`,
      true,
    );
  return repeating ? undefined : exhausted(facts, settings);
}

const severityRank = (severity: string): number => (SEVERITIES as readonly string[]).indexOf(severity);

function exhausted(facts: Facts, settings: Settings): Choice | undefined {
  const spent = attemptsInEpisode(facts);
  if (spent < settings.maxAttempts || unspentCommand(facts, settings) !== undefined) return undefined;
  if (unspentApproval(facts).kind === "approved") return undefined;
  return skip("attempts-exhausted", `all ${settings.maxAttempts} attempts are spent`, true);
}

/** Attempts of an episode, counted on refs: comments may be deleted. */
export function attemptsInEpisode({ claims, incident }: Facts, episode = incident.episode): number {
  return claims.filter(({ fact }) => fact !== "unreadable" && fact.episode === episode).length;
}

/** Outcomes that nobody asked for: the next attempt takes `retry` in `allow`. */
export const UNASKED: readonly AttemptOutcome[] = ["failed", "no-change", "failing"];
const RETRIED: readonly AttemptOutcome[] = [...UNASKED, "replaced"];

function openNext(facts: Facts, settlement: Settlement, settings: Settings): Choice {
  const attempt = (highestClaim(facts)?.attempt ?? 0) + 1;
  const causes = causesOf(facts, settlement, settings).filter((candidate) => !isSpent(facts, candidate));
  const cause = causes.find((candidate) => mayOpen(facts, settlement, settings, candidate));
  if (cause !== undefined) {
    const ground = groundOf(facts, settlement, cause);
    return (
      barredByDepth(facts, settings, ground) ?? {
        kind: "claim",
        attempt,
        cause,
        ...(Object.keys(ground).length > 0 ? { ground } : {}),
      }
    );
  }
  if (causes.length > 0)
    return skip("retry-not-allowed", "its last attempt did not help, and `allow` does not hold retry", true);
  return skip("cause-spent", "nothing has happened since the last attempt that would justify another");
}

/** Without `retry` in `allow`, an outcome opens no further attempt of its episode; what a person asks for does. */
function mayOpen(facts: Facts, settlement: Settlement, { allow }: Settings, cause: string): boolean {
  const isReplaced = settlement.kind === "settled" && settlement.outcome === "replaced";
  const isAsked = isReplaced || !/^(outcome|failing)\//.test(cause);
  return isAsked || allow.includes("retry") || attemptsInEpisode(facts) === 0;
}

/** Evidence that is too thin for a plan is left to people. */
function barredByDepth(facts: Facts, settings: Settings, ground: Groundwork): Choice | undefined {
  const { autonomy, reasons } = depthOf(facts, settings, ground);
  return autonomy === "observe" ? skip("observe", reasons.join("; "), true) : undefined;
}

/**
 * Everything that may open an attempt now, strongest first. A cause that a claim names is spent. Acceptance, and the
 * label that vouches for it, open the first attempt of an episode; after that it takes an outcome or `retry`.
 */
function causesOf(facts: Facts, settlement: Settlement, settings: Settings): string[] {
  const { incident } = facts;
  const attempt = highestClaim(facts)?.attempt;
  const command = unspentCommand(facts, settings);
  const accept = unspentLabel(facts, "accept");
  const first =
    attemptsInEpisode(facts) === 0 ? [...(accept ? [accept] : []), `acceptance/e${incident.episode}`] : [];
  if (settlement.kind !== "settled") return [...(command ? [command] : []), ...first];
  const approved = settlement.outcome === "planned" && unspentApproval(facts).kind === "approved";
  const asked = [
    ...(approved ? [approvalCause(facts) ?? ""] : []),
    ...(settlement.outcome === "changes-requested" && facts.changeRequest
      ? [reviewCause(facts.changeRequest.review)]
      : []),
  ];
  // A gate that was closed before the merge, for a change request, does not name it.
  const mergeCommit = settlement.gate.mergeCommit ?? facts.pullRequest?.mergeCommit;
  const failing = isDisproved(facts, mergeCommit) ? [`failing/a${attempt}/${mergeCommit}`] : [];
  const retried = RETRIED.includes(settlement.outcome) && sameEpisode(facts);
  return [
    ...(command ? [command] : []),
    ...asked,
    ...failing,
    ...(retried ? [`outcome/a${attempt}`] : []),
    ...first,
  ];
}

function lastReason(incident: Incident): string | undefined {
  const attempts = [...incident.records.attempts.values()].map((stored) => stored.data);
  const steps = [
    incident.records.dispatch?.data,
    ...attempts,
    incident.records.recoveries.get(incident.episode)?.data,
  ];
  return steps
    .filter((step) => step !== undefined)
    .sort((a, b) => a.phaseAt.localeCompare(b.phaseAt))
    .at(-1)?.reason;
}
