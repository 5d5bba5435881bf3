import { BUCKET } from "./rule.ts";
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
  expectedActive,
  haveStopped,
  isExpected,
  isTooEarly,
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
  readonly losses:
    | { readonly [Name in Loss]: { readonly before: LossHours; readonly since: LossHours } }
    | null;
};

/** The numbers that the sensor is judged by. Plain JSON. */
export type SensorSummary = {
  readonly own: number;
  readonly others: SilenceSummary | null;
  readonly losses: { readonly [Name in Loss]: LossSummary } | null;
};

/** Why silence proves nothing: what is lost, or that other errors have stopped, or come late, as well. */
export type SensorHold =
  | { readonly kind: Loss; readonly before: number; readonly since: number }
  | { readonly kind: "stopped"; readonly seen: number; readonly expected: number }
  | { readonly kind: "late"; readonly quietMs: number }
  | { readonly kind: "early" };

/** Reduces counts to the numbers that `findSensorHold` needs. */
export function summariseSensor({ own, others, losses }: SensorInput): SensorSummary {
  return {
    own,
    others: others && summariseSilence(others.baseline, others.since),
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
export function findSensorHold({ own, others, losses }: SensorSummary): SensorHold | undefined {
  const risen = losses && LOSSES.find((name) => haveLossesRisen(name, losses[name], own));
  if (losses && risen) return { kind: risen, ...shareLost(losses[risen]) };
  if (others === null) return undefined;
  if (haveStopped(others)) return { kind: "stopped", seen: others.c, expected: expectedActive(others) };
  if (areLate(others)) return { kind: "late", quietMs: others.late.buckets * BUCKET };
  return isTooEarly(others) ? { kind: "early" } : undefined;
}
