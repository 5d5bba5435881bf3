import { operationKey } from "@patchpilot/incident";
import {
  type ExceedingHours,
  isUnsupported,
  narrowToReleases,
  type OperationHours,
  type OperationPattern,
  type SpanOperation,
} from "@patchpilot/sentry";
import type { OperationQuestion, VerifyPorts } from "../ports.ts";
import type { SlowOperation } from "../questions/case.ts";
import type { OperationHistory, ReleaseRequests, TimeSpan, TracedOperation } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** What Sentry knows of slow operations. */
export const connectOperations = (
  sentry: SentryAccess,
): Pick<VerifyPorts, "readOperations" | "readOperationReleases" | "readTraced"> => ({
  readOperations: (questions, window) => readHours(sentry, questions, window),
  readOperationReleases: (questions, window) => readReleases(sentry, questions, window),
  readTraced: (operations, window) => readTraced(sentry, operations, window),
});

/** Hours of slow operations: p95 and samples in one request for ten, those over their thresholds in another. */
async function readHours(
  { ask, environment }: SentryAccess,
  questions: readonly OperationQuestion[],
  span: TimeSpan,
): Promise<ReadonlyMap<number, OperationHistory>> {
  const names = questions.map(nameOperation);
  const window = makeWindow(questions.map(selectOperation), span, environment);
  const [hours, exceeding] = await Promise.all([
    ask().operationHours(window, names),
    ask().exceedingHours(
      window,
      names.map((operation, index) => ({ operation, threshold: questions[index]?.operation.aboveMs ?? 0 })),
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

/** The releases in which operations were used; none where Sentry looked at a part only, or refuses the question. */
async function readReleases(
  { ask, environment }: SentryAccess,
  questions: readonly OperationQuestion[],
  span: TimeSpan,
): Promise<ReadonlyMap<number, readonly ReleaseRequests[]>> {
  try {
    const window = makeWindow(questions.map(selectOperation), span, environment);
    const answers = await ask().operationReleases(window, questions.map(nameOperation));
    return new Map(
      questions.flatMap(({ issue }, index) => {
        const releases = answers[index];
        return releases === undefined ? [] : [[issue, releases] as const];
      }),
    );
  } catch (error) {
    if (isUnsupported(error)) return new Map();
    throw error;
  }
}

/** What else of the kinds of some operations was traced in their projects. */
async function readTraced(
  { ask, environment }: SentryAccess,
  operations: readonly SlowOperation[],
  span: TimeSpan,
): Promise<readonly TracedOperation[] | undefined> {
  const ops = [...new Set(operations.map(({ op }) => op))];
  const { rows, partial } = await ask().operationTable(makeWindow(operations, span, environment), ops);
  return partial ? undefined : rows.map(({ operation, timing: { samples } }) => ({ ...operation, samples }));
}

const makeWindow = (
  operations: readonly SlowOperation[],
  { from, until }: TimeSpan,
  environment: string,
) => ({
  from: new Date(from),
  to: new Date(until),
  environment,
  projects: [...new Set(operations.map(({ project }) => project))],
});

const selectOperation = ({ operation }: OperationQuestion): SlowOperation => operation;

function nameOperation({ operation, releases }: OperationQuestion): SlowOperation | OperationPattern {
  const { organization, pattern } = operation;
  const named =
    pattern === undefined
      ? operation
      : {
          search: pattern.search,
          isIt: (found: SpanOperation) =>
            operationKey(organization, pattern.environment, found) === pattern.key,
        };
  return releases === undefined ? named : narrowToReleases(named, releases);
}

/** Only hours that both requests know are taken; Sentry may have gone on between them. */
function merge(all: OperationHours, above: ExceedingHours): OperationHistory {
  const slow = new Map(above.hours.map(({ at, samples }) => [at, samples]));
  const known = all.hours.filter(({ at }) => slow.has(at));
  return {
    buckets: known.map(({ at, samples, p95 }) => ({
      at,
      samples,
      p95,
      above: Math.min(samples, slow.get(at) ?? 0),
    })),
    sampleRates: known.map(({ sampleRate }) => sampleRate),
    partial: all.partial || above.partial,
    unsure: all.certainty === "low",
  };
}
