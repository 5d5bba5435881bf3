import { addShares, markIf, type Scored, type ScoreMark } from "./scores.ts";

/** What confidence is judged by. */
export type ConfidenceFacts = {
  /** `service`: the monitoring service itself confirmed the issue; `text`: only an issue's text speaks. */
  readonly basis: "service" | "text";
  /** The environment of the event is the one that counts; null: unknown. */
  readonly environmentConfirmed: boolean | null;
  /** The project is one of those configured, or every project counts. */
  readonly projectConfirmed: boolean;
  /**
   * Where the crash leads: to a file of the repository, to several, to none, or there is no stack. Of a report that is no
   * crash: whether it names a file, names what a file may be guessed by, or neither.
   */
  readonly crash:
    | "mapped"
    | "guessed"
    | "ambiguous"
    | "unmapped"
    | "no-stack"
    | "named"
    | "described"
    | "placeless";
  /** Another own frame leads to a file of the repository. */
  readonly otherFrameMapped: boolean;
  readonly events: number | null;
  readonly users: number | null;
  /** The service lists this very GitHub issue as linked. */
  readonly linkedBack: boolean;
  /** A commit between the last good release and this one touched a file of the stack. */
  readonly suspectCommit: boolean;
};

const CRASH: Readonly<Record<ConfidenceFacts["crash"], ScoreMark>> = {
  mapped: [0.25, "the crash leads to a file of this repository"],
  guessed: [0.15, "the crash leads to build output whose source is guessed (no source map)"],
  ambiguous: [0.1, "the crash leads to several files of the same name"],
  unmapped: [0, "the crash leads to no file of this repository"],
  "no-stack": [0, "there is no stack trace"],
  named: [0.25, "the report names a file of this repository"],
  described: [0, "the report names no file; those that it may mean are guessed by their names"],
  placeless: [0, "the report names no place in the code"],
};

/**
 * How sure it is that this is a real failure, in the environment that counts, at a place that can be repaired: from 0
 * to 1, a sum of shares. Confirmed by the service .35 (by an issue's text alone .2), environment .2, project .1, crash
 * file, or one that a report without a stack names, .25 (guessed .15, ambiguous .1; another frame's file .08), repeated .03, several users .03, linked back .03,
 * a suspect commit .05. Without a file it stays under .75, and so does everything that only an issue's text says:
 * the default gate of `dispatch`.
 */
export function scoreConfidence(facts: ConfidenceFacts): Scored<number> {
  const marks: readonly ScoreMark[] = [
    facts.basis === "service"
      ? [0.35, "Sentry confirmed the issue"]
      : [0.2, "only the text of the GitHub issue speaks for it"],
    markEnvironment(facts.environmentConfirmed),
    facts.projectConfirmed ? [0.1, "the project is one that counts"] : [0, "the project is not confirmed"],
    CRASH[facts.crash],
    ...markIf(
      facts.crash !== "mapped" && facts.otherFrameMapped,
      0.08,
      "another frame of the stack leads to a file of this repository",
    ),
    ...markIf((facts.events ?? 0) > 1, 0.03, "it happened more than once"),
    ...markIf((facts.users ?? 0) > 1, 0.03, "it affects more than one user"),
    ...markIf(facts.linkedBack, 0.03, "Sentry lists this GitHub issue as linked"),
    ...markIf(facts.suspectCommit, 0.05, "a commit since the last good release touched the stack's files"),
  ];
  return addShares(marks, 1);
}

function markEnvironment(confirmed: boolean | null): ScoreMark {
  if (confirmed === null) return [0, "the environment is unknown"];
  return confirmed
    ? [0.2, "the event comes from the environment that counts"]
    : [0, "the event comes from another environment"];
}
