import { toSentryTime } from "./instants.ts";

/** What is timed: the spans of one operation. Texts are Sentry's, exact; anyone who knows the DSN may have written them. */
export type SpanOperation = {
  /** Slug of the project. */
  readonly project: string;
  readonly transaction: string;
  /** `span.op`: http.server, db, … */
  readonly op: string;
  /** `span.description`; empty where there is none. */
  readonly description: string;
};

/** Whole hours in UTC, from (inclusive) to (exclusive). */
export type OperationWindow = {
  readonly from: Date;
  readonly to: Date;
  readonly environment?: string;
  /** Ids or slugs; default: the connection's. */
  readonly projects?: readonly string[];
};

/** What narrows a question of Explore to a window, and to the connection's projects where it names none. */
export const windowQuery = (
  { from, to, environment, projects }: OperationWindow,
  all: readonly string[],
) => ({
  start: toSentryTime(from),
  end: toSentryTime(to),
  environment,
  project: projects ?? all,
});

/** How sure Sentry is of an aggregate that was extrapolated from samples; null: it does not say. */
export type Certainty = "high" | "low" | null;

export const readCertainty = (value: unknown): Certainty =>
  value === "high" || value === "low" ? value : null;

/** The fields that tell operations apart, in this order. */
export const OPERATION_FIELDS = ["project", "transaction", "span.op", "span.description"] as const;

/** Two operations are the same if their keys are. */
export function operationId({ project, transaction, op, description }: SpanOperation): string {
  return JSON.stringify([project, transaction, op, description]);
}

/** The operation that a row or a group stands for; undefined where it has no transaction or operation. */
export function readOperation(read: (field: string) => unknown): SpanOperation | undefined {
  const [project, transaction, op, description] = OPERATION_FIELDS.map(read);
  if (typeof project !== "string" || typeof transaction !== "string" || typeof op !== "string")
    return undefined;
  return { project, transaction, op, description: typeof description === "string" ? description : "" };
}

/** An operation whose texts are not known to the last character: a search that finds it, and what tells it from others. */
export type OperationPattern = {
  readonly search: string;
  readonly isIt: (operation: SpanOperation) => boolean;
};

/** SQL can be longer than an address may be; what comes after is left open. */
const MAX_TEXT = 400;

/** The search that finds an operation's spans, for Sentry's API as for its trace explorer. */
export function operationQuery({ project, transaction, op, description }: SpanOperation): string {
  return [
    `project:${quoteValue(project)}`,
    `transaction:${quoteValue(transaction)}`,
    `span.op:${quoteValue(op)}`,
    description === "" ? "!has:span.description" : `span.description:${quoteValue(description)}`,
  ].join(" ");
}

/**
 * A value in Sentry's search. `*` is any text there, and `\\*` the character. Backslashes and control characters are
 * left open, for what they do depends on what follows, and so is all space but a single blank, for others write it
 * differently; groups are told apart by their exact texts anyway.
 */
export function quoteValue(text: string): string {
  const escaped = text
    .slice(0, MAX_TEXT)
    .replaceAll(/\s{2,}|[^\S ]|[*"\\\p{Cc}]/gu, (found) =>
      found === "*" || found === '"' ? `\\${found}` : "*",
    );
  return `"${escaped}${text.length > MAX_TEXT ? "*" : ""}"`;
}
