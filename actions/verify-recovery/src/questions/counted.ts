import { HOUR } from "@patchpilot/time";
import type { GateName, RecoverySummary } from "@patchpilot/verdict";
import type { CheckName, VerifyCheck, VerifyFacts, VerifySettings, VerifyVerdict } from "../facts.ts";
import { describeDue } from "../words.ts";
import { describeDeadline, type VerifyFinding } from "./answer.ts";
import { isRolledOut } from "./releases/decide.ts";
import { isSensorDoubted } from "./sensor/decide.ts";

/** A count that is undecided at the cap. */
export const giveUp = (reason: string, next: string, odds: readonly string[]): VerifyFinding => ({
  decision: "escalate",
  verdict: "inconclusive",
  reason,
  next,
  odds,
  eta: null,
});

/** What is not fixed gets another attempt where one of ours is disproved and there are any left. */
export function judgeFailing(reason: string, facts: VerifyFacts, odds: readonly string[]): VerifyFinding {
  const attempt = facts.fix.kind === "merged" && facts.fix.attempt !== null;
  const retry = attempt && facts.attemptsLeft > 0;
  return {
    decision: retry ? "retry" : "escalate",
    verdict: "failing",
    reason,
    ...(retry && { follows: "Another attempt follows." }),
    next: retry
      ? null
      : attempt
        ? "All attempts are used. Fix it by hand, or set the label patchpilot:retry for one more."
        : "Fix it by hand, or set the label patchpilot:retry for an attempt.",
    odds,
    eta: null,
  };
}

/** When the next answer to a count is expected: by its own forecast if that is in time, else at the cap. */
export function expectAnswer(
  summary: { readonly cap: number; readonly hours: number },
  etaHours: number | null,
  now: number,
): { readonly inTime: boolean; readonly eta: number } {
  const cap = now + (summary.cap - summary.hours) * HOUR;
  const forecast = etaHours === null ? Number.POSITIVE_INFINITY : now + etaHours * HOUR;
  const inTime = forecast <= cap && forecast > now;
  return { inTime, eta: inTime ? forecast : cap };
}

/** What is said of that answer. @param isHeld what holds it up may last longer than the forecast knows */
export function describeAnswer(
  { inTime, eta }: ReturnType<typeof expectAnswer>,
  isHeld: boolean,
  now: number,
  settings: VerifySettings,
): string {
  if (!inTime) return describeDeadline(eta, now, settings);
  return `Answer expected by ${describeDue(eta, now)}${isHeld ? " at the earliest" : ""}.`;
}

/** What errors are judged by: against the requests of their operations where these are known, else of the project. */
export const chooseSummary = ({ operation }: VerifyFacts, errors: RecoverySummary): RecoverySummary =>
  operation?.state === "counted" ? operation.summary : errors;

/** The gates of a count that are shut, its own and those of the other questions. */
export function findShutGates(
  { shut }: { readonly shut: readonly GateName[] },
  { traffic, health, sibling, sensor, releases }: VerifyFacts,
): GateName[] {
  const gates = [...shut];
  if (traffic?.state === "counted" && traffic.alive === false) gates.push("alive");
  if (health?.state === "unhealthy" || health?.state === "unknown") gates.push("healthy");
  if (sibling !== undefined && sibling.state !== "none") gates.push("noSibling");
  if (isSensorDoubted(sensor)) gates.push("sensorAlive");
  if (releases !== undefined && !isRolledOut(releases)) gates.push("rolledOut");
  return gates;
}

/** The check of a count, by its verdict. */
export const checkCount = (name: CheckName, verdict: VerifyVerdict, detail: string): VerifyCheck => ({
  name,
  state: verdict === "recovered" ? "yes" : verdict === "failing" ? "no" : "unknown",
  detail,
});
