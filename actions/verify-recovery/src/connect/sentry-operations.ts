import { operationKey } from "@patchpilot/incident";
import type { ExceedingHours, OperationHours, OperationPattern } from "@patchpilot/sentry";
import type { OperationQuestion } from "../ports.ts";
import type { SlowOperation } from "../questions/case.ts";
import type { OperationHistory, TimeSpan } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** Hours of slow operations: p95 and samples in one request for ten, those over their thresholds in another. */
export async function readOperationHistories(
  { ask, environment }: SentryAccess,
  questions: readonly OperationQuestion[],
  { from, until }: TimeSpan,
): Promise<ReadonlyMap<number, OperationHistory>> {
  const operations = questions.map(({ operation }) => operation);
  const names = operations.map(nameOperation);
  const window = {
    from: new Date(from),
    to: new Date(until),
    environment,
    projects: [...new Set(operations.map(({ project }) => project))],
  };
  const [hours, exceeding] = await Promise.all([
    ask().operationHours(window, names),
    ask().exceedingHours(
      window,
      names.map((operation, index) => ({ operation, threshold: operations[index]?.aboveMs ?? 0 })),
    ),
  ]);
  return new Map(
    questions.flatMap(({ issue }, index) => {
      const all = hours[index];
      const above = exceeding[index];
      return all && above ? [[issue, merge(all, above)] as const] : [];
    }),
  );
}

function nameOperation(operation: SlowOperation): SlowOperation | OperationPattern {
  const { organization, pattern } = operation;
  if (pattern === undefined) return operation;
  const { search, key, environment } = pattern;
  return { search, isIt: (found) => operationKey(organization, environment, found) === key };
}

/** Only hours that both requests know are taken; Sentry may have gone on between them. */
function merge(all: OperationHours, above: ExceedingHours): OperationHistory {
  const slow = new Map(above.hours.map(({ at, samples }) => [at, samples]));
  return {
    buckets: all.hours.flatMap(({ at, samples, p95 }) => {
      const count = slow.get(at);
      return count === undefined ? [] : [{ at, samples, p95, above: Math.min(samples, count) }];
    }),
    partial: all.partial || above.partial,
    unsure: all.certainty === "low",
  };
}
