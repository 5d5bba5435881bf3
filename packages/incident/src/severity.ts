import { markIf, type Scored, type ScoreMark, sumWeights } from "./scores.ts";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What severity is judged by. Null: not known. Numbers are what the monitoring service counted. */
export type SeverityFacts = {
  /** Sentry's level: fatal, error, warning, info, debug. */
  readonly level: string | null;
  /** Sentry's priority: high, medium, low. */
  readonly priority: string | null;
  /** Whether the application caught the exception. */
  readonly handled: boolean | null;
  readonly events: number | null;
  readonly users: number | null;
  /** It was resolved before and came back. */
  readonly regressed: boolean;
  /** It happens far more often than forecast. */
  readonly escalating: boolean;
  /** What its kind adds: downtime, a job that failed, and the like. */
  readonly more?: readonly ScoreMark[];
};

const LEVEL_POINTS: Readonly<Record<string, number>> = {
  fatal: 3,
  error: 0,
  warning: -2,
  info: -4,
  debug: -4,
  sample: -4,
};
const PRIORITY_POINTS: Readonly<Record<string, number>> = { high: 2, medium: 0, low: -2 };

/** Points from which a severity begins; below the last: low. */
const THRESHOLDS: readonly (readonly [Severity, number])[] = [
  ["critical", 6],
  ["high", 3],
  ["medium", -1],
];

/**
 * How bad an incident is, by points: level (fatal +3 … info -4), Sentry's priority (+2 … -2), users (10: +1, 100: +2,
 * 1,000: +4), events (100: +1, 10,000: +2), unhandled +1, handled -1, back after it was resolved +1, escalating +1, and
 * what the kind of the report adds.
 * From 6 points critical, from 3 high, from -1 medium, else low. Nothing known is medium.
 * The service's counts can be inflated by anyone who can send events, so no single count makes an incident critical.
 */
export function scoreSeverity(facts: SeverityFacts): Scored<Severity> {
  const marks = [
    ...markLevel(facts.level),
    ...markPriority(facts.priority),
    ...markUsers(facts.users),
    ...markEvents(facts.events),
    ...markHandling(facts.handled),
    ...markIf(facts.regressed, 1, "it was resolved before and came back"),
    ...markIf(facts.escalating, 1, "it is escalating"),
    ...(facts.more ?? []),
  ];
  return addPoints(marks, THRESHOLDS, "nothing is known of its extent");
}

/**
 * A severity by the points of its marks.
 * @param least points from which a severity begins, the worst first; below the last: low
 * @param unmarked the reason where there is no mark
 */
export function addPoints(
  marks: readonly ScoreMark[],
  least: readonly (readonly [Severity, number])[],
  unmarked: string,
): Scored<Severity> {
  const points = sumWeights(marks);
  const reasons = marks.toSorted(([a], [b]) => Math.abs(b) - Math.abs(a)).map(([, reason]) => reason);
  return {
    value: least.find(([, from]) => points >= from)?.[0] ?? "low",
    reasons: reasons.length > 0 ? reasons : [unmarked],
  };
}

function markLevel(level: string | null): ScoreMark[] {
  return level === null ? [] : [[LEVEL_POINTS[level] ?? 0, `its level is ${level}`]];
}

function markPriority(priority: string | null): ScoreMark[] {
  if (priority === null) return [];
  return [[PRIORITY_POINTS[priority] ?? 0, `Sentry gives it ${priority} priority`]];
}

function markUsers(users: number | null): ScoreMark[] {
  if (users === null || users < 1) return [];
  const points = users >= 1000 ? 4 : users >= 100 ? 2 : users >= 10 ? 1 : 0;
  return [[points, `${users} ${users === 1 ? "user is" : "users are"} affected`]];
}

function markEvents(events: number | null): ScoreMark[] {
  if (events === null) return [];
  const points = events >= 10_000 ? 2 : events >= 100 ? 1 : 0;
  return [[points, `${events} ${events === 1 ? "event" : "events"} so far`]];
}

function markHandling(handled: boolean | null): ScoreMark[] {
  if (handled === null) return [];
  return [handled ? [-1, "the application handled it"] : [1, "the application did not handle it"]];
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return RANK[severity] >= RANK[least];
}

const RANK: Readonly<Record<Severity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };
