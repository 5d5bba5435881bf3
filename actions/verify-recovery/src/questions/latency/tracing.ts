import { operationKey } from "@patchpilot/incident";
import type { SlowOperation } from "../case.ts";
import type { TracedOperation } from "../sources.ts";
import type { TracingFact } from "./facts.ts";

/** Less than this share of what was to be expected counts as none. */
const LEAST_SHARE = 0.05;

/** Fewer requests to be expected of others say nothing. */
const LEAST_EXPECTED = 10;

/** What was renamed has at least this share of the old requests: some are still to come. */
const RENAMED_SHARE = 0.5;

/** Operations of some projects over a stretch of so many hours. */
export type TracedHours = { readonly rows: readonly TracedOperation[]; readonly hours: number };

/**
 * Why hardly any request of an operation is stored now: by what else of its kind is, and was in the week before the deploy.
 * Pure.
 * @returns undefined where nothing else was in use
 */
export function judgeTracing(
  operation: SlowOperation,
  before: TracedHours,
  now: TracedHours,
): TracingFact | undefined {
  const [own, others] = split(operation, before.rows);
  const [, later] = split(operation, now.rows);
  const scale = before.hours > 0 ? now.hours / before.hours : 0;
  const expected = scale * countRequests(others);
  if (expected >= LEAST_EXPECTED && countRequests(later) < LEAST_SHARE * expected)
    return { state: "stopped" };
  const isNew = (row: TracedOperation) =>
    scale * countRequests(others.filter((known) => isEqual(known, row))) < LEAST_SHARE * row.samples;
  const needed = RENAMED_SHARE * scale * countRequests(own);
  const [successor] = later
    .filter((row) => row.op === operation.op && row.samples >= needed && isNew(row))
    .toSorted((a, b) => b.samples - a.samples);
  if (successor !== undefined && needed > 0)
    return { state: "renamed", to: nameBeside(operation, successor) };
  return expected >= LEAST_EXPECTED ? { state: "unused" } : undefined;
}

/** An operation's own rows, and the others of its project. */
function split(operation: SlowOperation, rows: readonly TracedOperation[]) {
  const members = rows.filter(({ project }) => project === operation.project);
  return [
    members.filter((row) => isOwn(operation, row)),
    members.filter((row) => !isOwn(operation, row)),
  ] as const;
}

const nameBeside = ({ transaction }: SlowOperation, other: TracedOperation): string =>
  other.transaction === transaction ? other.description : other.transaction;

const isEqual = (a: Omit<TracedOperation, "samples">, b: Omit<TracedOperation, "samples">): boolean =>
  a.transaction === b.transaction && a.op === b.op && a.description === b.description;

/** Texts that were changed or cut are known by the key that was made of the exact ones. */
const isOwn = ({ organization, pattern, ...operation }: SlowOperation, row: TracedOperation): boolean =>
  pattern === undefined
    ? isEqual(operation, row)
    : operationKey(organization, pattern.environment, row) === pattern.key;

const countRequests = (rows: readonly TracedOperation[]): number =>
  rows.reduce((sum, { samples }) => sum + samples, 0);
