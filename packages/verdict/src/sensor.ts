import { LOG_THRESHOLD } from "./evidence.ts";
import { BUCKET } from "./rule.ts";
import { type IssueCount, weighSurvivors } from "./sensor-issues.ts";
import {
  haveLossesRisen,
  LOSSES,
  type Loss,
  type LossHours,
  type LossSummary,
  shareLost,
  summariseLosses,
} from "./sensor-losses.ts";
import {
  areLate,
  areLateSince,
  expectedActive,
  haveStopped,
  isEarlyUntil,
  isExpected,
  type SilenceSummary,
  summariseSilence,
} from "./sensor-silence.ts";
import type { Series } from "./series.ts";

/** What shows whether errors still arrive; null: it could not be read. */
export type SensorInput = {
  /** Errors of the incident to be expected since the deploy. */
  readonly own: number;
  /** The project's errors but those of incidents, in five-minute buckets, with the incident's exposure. */
  readonly others: { readonly baseline: Series; readonly since: Series } | null;
  /** The same by issue; asked only where they seem to have stopped. */
  readonly issues?: readonly IssueCount[];
  readonly losses:
    | { readonly [Name in Loss]: { readonly before: LossHours; readonly since: LossHours } }
    | null;
};

/** The numbers that the sensor is judged by. Plain JSON. */
export type SensorSummary = {
  readonly own: number;
  readonly others: SilenceSummary | null;
  /** Log odds that only some of them have ended (`weighSurvivors`). */
  readonly goOn?: number;
  readonly losses: { readonly [Name in Loss]: LossSummary } | null;
};

/** Why silence proves nothing: what is lost, or that other errors have stopped, or come late, as well. */
export type SensorHold =
  | { readonly kind: Loss; readonly before: number; readonly since: number }
  | { readonly kind: "stopped"; readonly seen: number; readonly expected: number }
  | { readonly kind: "late"; readonly quietMs: number }
  | { readonly kind: "early"; readonly quietMs: number; readonly untilHours: number };

/** Reduces counts to the numbers that `findSensorHold` needs. */
export function summariseSensor({ own, others, issues, losses }: SensorInput): SensorSummary {
  const silence = others && summariseSilence(others.baseline, others.since);
  return {
    own,
    others: silence,
    ...(silence && issues && { goOn: weighSurvivors(issues, silence) }),
    losses: losses && {
      limited: summariseLosses(losses.limited.before, losses.limited.since),
      discarded: summariseLosses(losses.discarded.before, losses.discarded.since),
    },
  };
}

/** Whether it can be said that errors arrive: what is lost is counted, or others are due. */
export const isSensorKnown = ({ others, losses }: SensorSummary): boolean =>
  losses !== null || (others !== null && isExpected(others));

/** Whether other errors are seen to arrive. */
export const isSensorSeen = ({ others }: SensorSummary): boolean =>
  others !== null && isExpected(others) && !haveStopped(others) && !areLate(others);

/**
 * Why the errors' silence since a deploy may be the sensor's, compared with the time before it; undefined if nothing
 * says so. What is not known holds nothing: it is undefined as well.
 */
export function findSensorHold({ own, others, goOn = 0, losses }: SensorSummary): SensorHold | undefined {
  const risen = losses && LOSSES.find((name) => haveLossesRisen(name, losses[name], own));
  if (losses && risen) return { kind: risen, ...shareLost(losses[risen]) };
  if (others === null) return undefined;
  const isOneCause = goOn >= LOG_THRESHOLD;
  if (haveStopped(others) && !isOneCause)
    return { kind: "stopped", seen: others.c, expected: expectedActive(others) };
  const quietMs = others.late.buckets * BUCKET;
  if (isOneCause ? areLateSince(others) : areLate(others)) return { kind: "late", quietMs };
  const untilHours = isEarlyUntil(others);
  return untilHours === undefined ? undefined : { kind: "early", quietMs, untilHours };
}
