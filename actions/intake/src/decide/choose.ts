import { type Incident, isAtLeast, type Severity } from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import type { Candidate, Ignored, IntakeSubject } from "../facts.ts";
import { arrangeKnown, findDuplicate, splitRepeats } from "./dedupe.ts";
import { type Naming, nameSubject } from "./identify.ts";
import { judgeSeverity, judgeView, type Objection } from "./judge.ts";
import { scoreFailure } from "./score.ts";

/** Which candidates go on. */
export type IntakeChoice<T> = {
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
  inputs: IntakeInputs,
): IntakeChoice<Candidate> {
  return choose(candidates, (candidate) => candidate.incident.number, known, inputs);
}

/** The same for what has no issue yet. */
export function chooseSubjects(
  subjects: readonly IntakeSubject[],
  known: readonly Incident[],
  inputs: IntakeInputs,
  limit: number,
): IntakeChoice<IntakeSubject> {
  const order = new Map(subjects.map((subject, index) => [subject, -1 - index]));
  return choose(subjects, (subject) => order.get(subject) ?? 0, known, { ...inputs, limit });
}

type Named<T> = {
  readonly subject: T;
  readonly issue: number;
  readonly identity: Naming;
  readonly severity: Severity;
};

function choose<T extends IntakeSubject>(
  subjects: readonly T[],
  numberOf: (subject: T) => number,
  known: readonly Incident[],
  inputs: IntakeInputs,
): IntakeChoice<T> {
  const ignored: Ignored[] = [];
  const arranged = arrangeKnown(known);
  const passed: Named<T>[] = [];
  for (const subject of subjects) {
    const issue = numberOf(subject);
    const identity = nameSubject(subject, issue, inputs);
    const severity = scoreFailure(subject).value;
    const objection: Objection =
      judgeView(subject, inputs) ??
      (subject.request === undefined ? judgeSeverity(severity, inputs) : null) ??
      judgeRepeat(identity, issue, arranged);
    if (objection === null) passed.push({ subject, issue, identity, severity });
    else ignored.push({ issue, ...objection });
  }
  const { first, repeats } = splitRepeats(passed);
  for (const { candidate, of } of repeats)
    ignored.push({
      issue: candidate.issue,
      reason: "duplicate",
      detail: of > 0 ? `the same as #${of}` : "the same as another one of this run",
      duplicateOf: of,
    });
  const ordered = first.toSorted((a, b) => bySeverity(a.severity, b.severity) || a.issue - b.issue);
  return {
    chosen: ordered.slice(0, inputs.limit).map(({ subject }) => subject),
    ignored,
    left: Math.max(0, ordered.length - inputs.limit),
  };
}

function judgeRepeat(identity: Naming, issue: number, known: ReturnType<typeof arrangeKnown>): Objection {
  const duplicate = findDuplicate(identity, issue, known);
  return duplicate === undefined
    ? null
    : {
        reason: "duplicate",
        detail: `the same as #${duplicate.number}`,
        duplicateOf: duplicate.number,
      };
}

const bySeverity = (one: Severity, other: Severity): number =>
  one === other ? 0 : isAtLeast(one, other) ? -1 : 1;
