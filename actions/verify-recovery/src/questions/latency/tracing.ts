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
 */
export function judgeTracing(operation: SlowOperation, before: TracedHours, now: TracedHours): TracingFact {
  const pick = ({ rows }: TracedHours) => rows.filter(({ project }) => project === operation.project);
  const others = (rows: readonly TracedOperation[]) => rows.filter((row) => !isOwn(operation, row));
  const [earlier, later] = [pick(before), pick(now)];
  const scale = before.hours > 0 ? now.hours / before.hours : 0;
  const expected = scale * countRequests(others(earlier));
  if (expected >= LEAST_EXPECTED && countRequests(others(later)) < LEAST_SHARE * expected)
    return { state: "stopped" };
  const own = scale * countRequests(earlier.filter((row) => isOwn(operation, row)));
  const successor = others(later)
    .filter((row) => row.op === operation.op && row.samples >= Math.max(1, RENAMED_SHARE * own))
    .toSorted((a, b) => b.samples - a.samples)
    .find((row) => !earlier.some((known) => isEqual(known, row)));
  return successor === undefined || own === 0
    ? { state: "unused" }
    : { state: "renamed", to: successor.transaction };
}

const isEqual = (a: Omit<TracedOperation, "samples">, b: Omit<TracedOperation, "samples">): boolean =>
  a.transaction === b.transaction && a.op === b.op && a.description === b.description;

/** Texts that were changed or cut are known by the key that was made of the exact ones. */
const isOwn = ({ organization, pattern, ...operation }: SlowOperation, row: TracedOperation): boolean =>
  pattern === undefined
    ? isEqual(operation, row)
    : operationKey(organization, pattern.environment, row) === pattern.key;

const countRequests = (rows: readonly TracedOperation[]): number =>
  rows.reduce((sum, { samples }) => sum + samples, 0);
