import { type Incident, SEVERITIES } from "@patchpilot/incident";
import { MOST_INTERRUPTIONS } from "./claims.ts";
import type { Test } from "./rule.ts";
import type { Standing } from "./standing.ts";

export const rank = (severity: string): number => (SEVERITIES as readonly string[]).indexOf(severity);

export const reasonOf = ({ settlement }: Standing): string =>
  "reason" in settlement ? settlement.reason : "";

export const isClosed = ({ incident }: Standing): boolean => !incident.open;

export const isInFlight = ({ settlement }: Standing): boolean => settlement.kind === "in-flight";

/** Whether another attempt would go on with a pull request that is there. */
export const goesOn = (waitsFor: Standing["waitsFor"]): boolean =>
  waitsFor === "review" || waitsFor === "checks";

/** The reason that the newest step of an incident gives. */
export function findLastReason({ records, episode }: Incident): string | undefined {
  const steps = [
    records.dispatch?.data,
    ...[...records.attempts.values()].map(({ data }) => data),
    records.recoveries.get(episode)?.data,
  ];
  return steps
    .filter((step) => step !== undefined)
    .sort((a, b) => a.phaseAt.localeCompare(b.phaseAt))
    .at(-1)?.reason;
}

/** A merge that the labels do not show yet. */
export const isJustMerged: Test = ({ merge, incident: { phase } }) =>
  merge.isTrusted && (phase === "accepted" || phase === "working" || phase === "proposed");

export const isExhausted: Test = ({ way, attempts, settings, commands, approval, reply }) =>
  way === "next" &&
  attempts >= settings.maxAttempts &&
  commands.retry === undefined &&
  approval.approved === undefined &&
  reply.cause === undefined;

export const isInterrupted: Test = ({ way, interruptions, commands }) =>
  way === "next" && interruptions >= MOST_INTERRUPTIONS && commands.retry === undefined;
