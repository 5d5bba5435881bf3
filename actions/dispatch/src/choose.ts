import { type AttemptOutcome, type Incident, SEVERITIES } from "@patchpilot/incident";
import type { SkipReason } from "./contract.ts";
import type { Facts, Settings } from "./facts.ts";
import { highestClaim, type Settlement } from "./settle.ts";

/** What dispatch does for one incident, once its last attempt is settled. */
export type Choice =
  | { readonly kind: "claim"; readonly attempt: number; readonly cause: string }
  /** The same attempt again: claimed by a run that never confirmed, refused, or lost once. */
  | { readonly kind: "repeat"; readonly attempt: number; readonly losses: number }
  | {
      readonly kind: "skip";
      readonly reason: SkipReason;
      readonly detail: string;
      /** No later run changes it by itself, so a person is told, with the remedy. */
      readonly forGood?: boolean;
    };

const skip = (reason: SkipReason, detail: string, forGood = false): Choice => ({
  kind: "skip",
  reason,
  detail,
  ...(forGood ? { forGood } : {}),
});

/**
 * Chooses for one incident: gates of policy first, then the cause that opens an attempt. Budgets come after, since
 * they are shared. Pure. `settlement` is what `settle` said, with a gate that was closed since counted as settled.
 */
export function choose(facts: Facts, settlement: Settlement, settings: Settings): Choice {
  const barred = barredByIssue(facts) ?? barredBySettlement(settlement);
  if (barred) return barred;
  const claim = highestClaim(facts);
  if (claim !== undefined && claim.fact !== "unreadable" && settlement.kind === "takeover") {
    if (claim.fact.state === "refused" && claim.fact.refusals >= 2 && unspentRetry(facts) === undefined)
      return skip("dispatch-refused", claim.fact.refusal ?? "GitHub refused the dispatch", true);
    return repeatClaim(facts, settings, claim.attempt, claim.fact.losses);
  }
  if (claim !== undefined && claim.fact !== "unreadable" && settlement.kind === "loss")
    return repeatClaim(facts, settings, claim.attempt, claim.fact.losses + 1);
  return barredByPolicy(facts, settings) ?? openNext(facts, settlement, settings);
}

function barredByIssue({ incident, vouchedBy }: Facts): Choice | undefined {
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
  if (phase === "needs-human" && !vouchedBy.retry && !vouchedBy.accept)
    return skip("needs-human", lastReason(incident) ?? "a person has to decide");
  return undefined;
}

function barredBySettlement(settlement: Settlement): Choice | undefined {
  if (settlement.kind === "proposed") return skip("proposed", "its pull request waits for review");
  if (settlement.kind === "in-flight") return skip("in-flight", settlement.reason);
  if (settlement.kind === "close") return skip("in-flight", "its outcome is not written down yet");
  if (settlement.kind === "frozen") return skip("frozen", settlement.reason, true);
  return undefined;
}

function repeatClaim(facts: Facts, settings: Settings, attempt: number, losses: number): Choice {
  return barredByPolicy(facts, settings, true) ?? { kind: "repeat", attempt, losses };
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
  if (spent < settings.maxAttempts || unspentRetry(facts) !== undefined) return undefined;
  return skip("attempts-exhausted", `all ${settings.maxAttempts} attempts are spent`, true);
}

/** Attempts of this episode, counted on refs: comments may be deleted. */
export function attemptsInEpisode({ claims, incident }: Facts): number {
  return claims.filter(({ fact }) => fact !== "unreadable" && fact.episode === incident.episode).length;
}

const RETRIED: readonly AttemptOutcome[] = ["failed", "no-change", "failing", "replaced"];

function openNext(facts: Facts, settlement: Settlement, settings: Settings): Choice {
  const attempt = (highestClaim(facts)?.attempt ?? 0) + 1;
  const cause = causesOf(facts, settlement, settings).find((candidate) => !isSpent(facts, candidate));
  if (cause !== undefined) return { kind: "claim", attempt, cause };
  return skip("cause-spent", "nothing has happened since the last attempt that would justify another");
}

/** Everything that may open an attempt now, strongest first. A cause that a claim names is spent. */
function causesOf(facts: Facts, settlement: Settlement, settings: Settings): string[] {
  const { incident, vouchedBy } = facts;
  const event = (command: string) =>
    incident.issue.commands.find((each) => each.command === command)?.eventId;
  const label = (command: "accept" | "retry") => (vouchedBy[command] ? [`label/${event(command)}`] : []);
  const replaced = settings.redispatch ? [`redispatch/${settings.run}`] : [];
  const recovery = incident.records.recoveries.get(incident.episode)?.data;
  const claim = highestClaim(facts);
  const failing =
    settlement.kind === "settled" && recovery?.decision === "retry" && recovery.attempt === claim?.attempt
      ? [`failing/a${recovery.attempt}/${recovery.mergeCommit ?? ""}`]
      : [];
  const outcome =
    settlement.kind === "settled" && RETRIED.includes(settlement.outcome) && sameEpisode(facts)
      ? [`outcome/a${claim?.attempt}`]
      : [];
  return [
    ...replaced,
    ...label("retry"),
    ...label("accept"),
    ...failing,
    ...outcome,
    `acceptance/e${incident.episode}`,
  ];
}

/** An outcome of an earlier episode opens nothing: the new episode's acceptance does. */
function sameEpisode(facts: Facts): boolean {
  const claim = highestClaim(facts);
  return claim !== undefined && claim.fact !== "unreadable" && claim.fact.episode === facts.incident.episode;
}

const isSpent = ({ claims }: Facts, cause: string): boolean =>
  claims.some(({ fact }) => fact !== "unreadable" && fact.cause === cause);

function unspentRetry(facts: Facts): string | undefined {
  const event = facts.incident.issue.commands.find((each) => each.command === "retry");
  if (!facts.vouchedBy.retry || event === undefined) return undefined;
  return isSpent(facts, `label/${event.eventId}`) ? undefined : event.eventId;
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
