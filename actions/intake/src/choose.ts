import type { Incident } from "@patchpilot/incident";
import { isAtLeast, type Severity } from "@patchpilot/incident";
import { severityOf } from "./assess.ts";
import { arrangeKnown, findDuplicate, type Identity, splitRepeats } from "./dedupe.ts";
import type { Candidate, Ignored, Settings, Subject } from "./facts.ts";
import { nameSubject } from "./identify.ts";
import { judgeSeverity, judgeView, type Objection } from "./judge.ts";

/** Which candidates go on. */
export type Choice<T> = {
  readonly chosen: readonly T[];
  readonly ignored: readonly Ignored[];
  /** How many passed every filter and wait for the next run. */
  readonly left: number;
};

/**
 * Filters candidates by what Sentry says and by their severity, drops what another incident covers, and only then
 * applies the limit: the most severe first, then the oldest. Pure.
 */
export function chooseCandidates(
  candidates: readonly Candidate[],
  known: readonly Incident[],
  settings: Settings,
): Choice<Candidate> {
  return choose(candidates, (candidate) => candidate.incident.number, known, settings);
}

/** The same for what has no issue yet. */
export function chooseSubjects(
  subjects: readonly Subject[],
  known: readonly Incident[],
  settings: Settings,
  limit: number,
): Choice<Subject> {
  const order = new Map(subjects.map((subject, index) => [subject, -1 - index]));
  return choose(subjects, (subject) => order.get(subject) ?? 0, known, { ...settings, limit });
}

type Named<T> = {
  readonly subject: T;
  readonly issue: number;
  readonly identity: Identity;
  readonly severity: Severity;
};

function choose<T extends Subject>(
  subjects: readonly T[],
  numberOf: (subject: T) => number,
  known: readonly Incident[],
  settings: Settings,
): Choice<T> {
  const ignored: Ignored[] = [];
  const arranged = arrangeKnown(known);
  const passed: Named<T>[] = [];
  for (const subject of subjects) {
    const issue = numberOf(subject);
    const identity = nameSubject(subject, issue, settings);
    const severity = severityOf(subject).value;
    const objection: Objection =
      judgeView(subject, settings) ??
      (subject.request === undefined ? judgeSeverity(severity, settings) : null) ??
      judgeRepeat(identity, issue, arranged);
    if (objection === null) passed.push({ subject, issue, identity, severity });
    else ignored.push({ issue, ...objection });
  }
  const { first, repeats } = splitRepeats(passed);
  for (const { candidate, of } of repeats)
    ignored.push({
      issue: candidate.issue,
      reason: "duplicate",
      detail: of > 0 ? `the same as issue ${of}` : "the same as another one of this run",
    });
  const ordered = first.toSorted((a, b) => bySeverity(a.severity, b.severity) || a.issue - b.issue);
  return {
    chosen: ordered.slice(0, settings.limit).map(({ subject }) => subject),
    ignored,
    left: Math.max(0, ordered.length - settings.limit),
  };
}

function judgeRepeat(identity: Identity, issue: number, known: ReturnType<typeof arrangeKnown>): Objection {
  const duplicate = findDuplicate(identity, issue, known);
  return duplicate === undefined
    ? null
    : { reason: "duplicate", detail: `the same as issue ${duplicate.number}` };
}

const bySeverity = (one: Severity, other: Severity): number =>
  one === other ? 0 : isAtLeast(one, other) ? -1 : 1;
