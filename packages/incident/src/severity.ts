export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A judgement with the sentences that explain it, weightiest first. */
export type Scored<T> = { readonly value: T; readonly reasons: readonly string[] };

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
};

type Mark = { readonly points: number; readonly reason: string };

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
 * 1,000: +4), events (100: +1, 10,000: +2), unhandled +1, handled -1, back after it was resolved +1, escalating +1.
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
    ...(facts.regressed ? [{ points: 1, reason: "it was resolved before and came back" }] : []),
    ...(facts.escalating ? [{ points: 1, reason: "it is escalating" }] : []),
  ];
  const points = marks.reduce((sum, mark) => sum + mark.points, 0);
  const value = THRESHOLDS.find(([, least]) => points >= least)?.[0] ?? "low";
  const reasons = marks
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map((mark) => mark.reason);
  return { value, reasons: reasons.length > 0 ? reasons : ["nothing is known of its extent"] };
}

function markLevel(level: string | null): Mark[] {
  return level === null ? [] : [{ points: LEVEL_POINTS[level] ?? 0, reason: `its level is ${level}` }];
}

function markPriority(priority: string | null): Mark[] {
  return priority === null
    ? []
    : [{ points: PRIORITY_POINTS[priority] ?? 0, reason: `Sentry gives it ${priority} priority` }];
}

function markUsers(users: number | null): Mark[] {
  if (users === null || users < 1) return [];
  const points = users >= 1000 ? 4 : users >= 100 ? 2 : users >= 10 ? 1 : 0;
  return [{ points, reason: `${users} ${users === 1 ? "user is" : "users are"} affected` }];
}

function markEvents(events: number | null): Mark[] {
  if (events === null) return [];
  const points = events >= 10_000 ? 2 : events >= 100 ? 1 : 0;
  return [{ points, reason: `${events} ${events === 1 ? "event" : "events"} so far` }];
}

function markHandling(handled: boolean | null): Mark[] {
  if (handled === null) return [];
  return [
    handled
      ? { points: -1, reason: "the application handled it" }
      : { points: 1, reason: "the application did not handle it" },
  ];
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return RANK[severity] >= RANK[least];
}

const RANK: Readonly<Record<Severity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };
