import { operationKey, type PerformanceFacts } from "@patchpilot/incident";
import type { PerfScanInputs } from "../contract.ts";
import type {
  EndpointRegression,
  OperationTable,
  OperationTiming,
  SpanOperation,
  SuspectOperation,
  TimedOperation,
} from "../facts.ts";
import { chooseThreshold } from "./threshold.ts";

/** Judged at most, as a multiple of `limit`: what is slow already and stays so must not hide what is new. */
const JUDGED = 3;
/** Operations that took little time before are looked at by their hours alone: ten a request. */
const MOST_RISEN = 20;
/** `span.op` of what a whole transaction is; Sentry's own detector speaks of those. */
const WHOLE = ["http.server", "navigation", "pageload"];

/** Which operations are worth a closer look. */
export type OperationChoice = {
  readonly chosen: readonly SuspectOperation[];
  /** They look slow, and have too few samples to be judged. */
  readonly sparse: readonly SuspectOperation[];
  /**
   * They take much time now and took too little to be read before, so that their hours alone may tell whether they became
   * slower; most time first.
   */
  readonly risen: readonly SuspectOperation[];
  /** How many more look slow, or have risen so, than one run judges. */
  readonly left: number;
  readonly leftRisen: number;
};

/**
 * Picks the operations whose p95 is over the threshold, or higher than before by the least change, or that Sentry itself
 * calls regressed; the most conspicuous first. Pure.
 */
export function chooseOperations(
  now: OperationTable,
  before: OperationTable,
  regressions: readonly EndpointRegression[],
  inputs: PerfScanInputs,
): OperationChoice {
  const earlier = new Map(before.rows.map((row) => [nameOperation(row.operation, inputs), row.timing]));
  const rows = mergeRows(now.rows, inputs);
  const named = nameRegressions(rows, regressions, inputs);
  const known: SuspectOperation[] = rows.map(({ key, operation, timing }) => ({
    key,
    operation,
    now: timing,
    before: earlier.get(key) ?? null,
    regression: named.get(key) ?? null,
  }));
  const unseen = findUnseen(regressions, new Set(rows.map(({ key }) => key)), inputs);
  const conspicuous = known
    .filter((candidate) => candidate.regression !== null || conspicuousness(candidate, inputs) >= 1)
    .toSorted((a, b) => rankOperation(b, inputs) - rankOperation(a, inputs));
  const isSparse = ({ now: timing, regression }: SuspectOperation): boolean =>
    regression === null && (timing?.samples ?? 0) < inputs["min-samples"];
  const judged = [
    ...unseen.slice(0, inputs.limit),
    ...conspicuous.filter((candidate) => !isSparse(candidate)),
    ...unseen.slice(inputs.limit),
  ];
  const most = inputs.limit * JUDGED;
  const risen = before.truncated ? known.filter((one) => hasRisen(one, inputs) && !isSparse(one)) : [];
  return {
    chosen: judged.slice(0, most),
    sparse: conspicuous.filter(isSparse).slice(0, inputs.limit),
    risen: risen.slice(0, MOST_RISEN),
    left: Math.max(0, judged.length - most),
    leftRisen: Math.max(0, risen.length - MOST_RISEN),
  };
}

/** The name of an operation over all runs. */
export const nameOperation = (
  operation: PerformanceFacts["operation"],
  { "sentry-org": organization = "", environment }: PerfScanInputs,
): string => operationKey(organization, environment, operation);

type KeyedRow = TimedOperation & { readonly key: string };

/** Rows of one key (a description that repeats the transaction, and none): the one with more samples stands for both. */
function mergeRows(rows: readonly TimedOperation[], inputs: PerfScanInputs): KeyedRow[] {
  const merged = new Map<string, KeyedRow>();
  for (const row of rows) {
    const key = nameOperation(row.operation, inputs);
    const known = merged.get(key);
    if (known === undefined || known.timing.samples < row.timing.samples) merged.set(key, { ...row, key });
  }
  return [...merged.values()];
}

/** p95 against what is allowed; from 1 on it is worth a look. */
function conspicuousness(candidate: SuspectOperation, inputs: PerfScanInputs): number {
  const { now, before } = candidate;
  if (now === null) return 0;
  const change = comparable(before, inputs) ? now.p95 / before.p95 / inputs["min-change"] : 0;
  return Math.max(change, now.p95 / (chooseThreshold(candidate, inputs) ?? Number.POSITIVE_INFINITY));
}

/** Not conspicuous, for nothing is known of it before. */
const hasRisen = (candidate: SuspectOperation, inputs: PerfScanInputs): boolean =>
  candidate.before === null && candidate.regression === null && conspicuousness(candidate, inputs) < 1;

const comparable = (
  before: OperationTiming | null,
  { "min-samples": least }: PerfScanInputs,
): before is OperationTiming => before !== null && before.p95 > 0 && before.samples >= least;

/** What Sentry calls regressed first: it has looked at two weeks. */
const rankOperation = (candidate: SuspectOperation, inputs: PerfScanInputs): number =>
  conspicuousness(candidate, inputs) + (candidate.regression === null ? 0 : 1_000_000);

/** Which row each of Sentry's regressions is about: the whole transaction of that name. By key. */
function nameRegressions(
  rows: readonly KeyedRow[],
  regressions: readonly EndpointRegression[],
  inputs: PerfScanInputs,
): ReadonlyMap<string, EndpointRegression> {
  const named = new Map<string, EndpointRegression>();
  for (const regression of regressions) {
    const fitting = rows
      .filter(({ operation: { project, op, transaction } }) => {
        const isSame = project === regression.project && transaction === regression.transaction;
        return isSame && WHOLE.includes(op);
      })
      .toSorted(
        (a, b) =>
          Number(isPlain(b.operation)) - Number(isPlain(a.operation)) || b.timing.samples - a.timing.samples,
      );
    const key = fitting[0]?.key ?? nameOperation(toOperation(regression), inputs);
    if (fitting[0] !== undefined && !named.has(key)) named.set(key, regression);
  }
  return named;
}

/**
 * Regressions of operations that the table does not have, once each, newest first. Sentry never resolves them by itself:
 * old ones must not crowd out what was measured.
 */
function findUnseen(
  regressions: readonly EndpointRegression[],
  seen: ReadonlySet<string>,
  inputs: PerfScanInputs,
): readonly SuspectOperation[] {
  const readInstant = ({ firstSeen }: EndpointRegression): number => Date.parse(firstSeen ?? "") || 0;
  const newestLast = regressions.toSorted((a, b) => readInstant(a) - readInstant(b));
  const named = new Set([...seen]);
  const candidates = newestLast.toReversed().map((regression) => toSuspect(regression, inputs));
  return candidates.filter(({ key }) => !named.has(key) && named.add(key));
}

const isPlain = ({ description, transaction }: SpanOperation): boolean =>
  description === "" || description === transaction;

const toOperation = ({ project, transaction }: EndpointRegression): SpanOperation => ({
  project,
  transaction,
  op: "http.server",
  description: "",
});

function toSuspect(regression: EndpointRegression, inputs: PerfScanInputs): SuspectOperation {
  const operation = toOperation(regression);
  return { key: nameOperation(operation, inputs), operation, now: null, before: null, regression };
}
