import { operationKey } from "@patchpilot/incident";
import type { Operation, OperationTable, SentryRegression, TimedOperation, Timing } from "../ports.ts";
import type { Candidate, Settings } from "./facts.ts";

/** Judged at most, as a multiple of `limit`: what is slow already and stays so must not hide what is new. */
const JUDGED = 3;
/** Operations that took little time before are looked at by their hours alone: ten a request. */
const MOST_RISEN = 20;
/** `span.op` of what a whole transaction is; Sentry's own detector speaks of those. */
const WHOLE = ["http.server", "navigation", "pageload"];

/** Which operations are worth a closer look. */
export type Choice = {
  readonly chosen: readonly Candidate[];
  /** They look slow, and have too few samples to be judged. */
  readonly sparse: readonly Candidate[];
  /**
   * They take much time now and took too little to be read before, so that their hours alone may tell whether they became
   * slower; most time first.
   */
  readonly risen: readonly Candidate[];
  /** How many more look slow, or have risen so, than one run judges. */
  readonly left: number;
  readonly leftRisen: number;
};

/**
 * Picks the operations whose p95 is over the threshold, or higher than before by the least change, or that Sentry itself
 * calls regressed; the most conspicuous first. Pure.
 */
export function chooseCandidates(
  now: OperationTable,
  before: OperationTable,
  regressions: readonly SentryRegression[],
  settings: Settings,
): Choice {
  const earlier = new Map(before.rows.map((row) => [keyOf(row.operation, settings), row.timing]));
  const rows = mergeRows(now.rows, settings);
  const named = nameRegressions(rows, regressions, settings);
  const known: Candidate[] = rows.map(({ key, operation, timing }) => ({
    key,
    operation,
    now: timing,
    before: earlier.get(key) ?? null,
    regression: named.get(key) ?? null,
  }));
  const unseen = unseenOf(regressions, new Set(rows.map(({ key }) => key)), settings);
  const conspicuous = known
    .filter((candidate) => candidate.regression !== null || conspicuousness(candidate, settings) >= 1)
    .toSorted((a, b) => rankOf(b, settings) - rankOf(a, settings));
  const isSparse = ({ now: timing, regression }: Candidate): boolean =>
    regression === null && (timing?.samples ?? 0) < settings.minSamples;
  const judged = [
    ...unseen.slice(0, settings.limit),
    ...conspicuous.filter((candidate) => !isSparse(candidate)),
    ...unseen.slice(settings.limit),
  ];
  const most = settings.limit * JUDGED;
  const risen = before.truncated ? known.filter((one) => hasRisen(one, settings) && !isSparse(one)) : [];
  return {
    chosen: judged.slice(0, most),
    sparse: conspicuous.filter(isSparse).slice(0, settings.limit),
    risen: risen.slice(0, MOST_RISEN),
    left: Math.max(0, judged.length - most),
    leftRisen: Math.max(0, risen.length - MOST_RISEN),
  };
}

const keyOf = (operation: Operation, { organization, environment }: Settings): string =>
  operationKey(organization, environment, operation);

type KeyedRow = TimedOperation & { readonly key: string };

/** Rows of one key (a description that repeats the transaction, and none): the one with more samples stands for both. */
function mergeRows(rows: readonly TimedOperation[], settings: Settings): KeyedRow[] {
  const merged = new Map<string, KeyedRow>();
  for (const row of rows) {
    const key = keyOf(row.operation, settings);
    const known = merged.get(key);
    if (known === undefined || known.timing.samples < row.timing.samples) merged.set(key, { ...row, key });
  }
  return [...merged.values()];
}

/** p95 against what is allowed; from 1 on it is worth a look. */
function conspicuousness({ now, before }: Candidate, settings: Settings): number {
  if (now === null) return 0;
  const change = comparable(before, settings) ? now.p95 / before.p95 / settings.minChange : 0;
  return Math.max(change, now.p95 / settings.threshold);
}

/** Not conspicuous, for nothing is known of it before. */
const hasRisen = (candidate: Candidate, settings: Settings): boolean =>
  candidate.before === null && candidate.regression === null && conspicuousness(candidate, settings) < 1;

const comparable = (before: Timing | null, { minSamples }: Settings): before is Timing =>
  before !== null && before.p95 > 0 && before.samples >= minSamples;

/** What Sentry calls regressed first: it has looked at two weeks. */
const rankOf = (candidate: Candidate, settings: Settings): number =>
  conspicuousness(candidate, settings) + (candidate.regression === null ? 0 : 1_000_000);

/** Which row each of Sentry's regressions is about: the whole transaction of that name. By key. */
function nameRegressions(
  rows: readonly KeyedRow[],
  regressions: readonly SentryRegression[],
  settings: Settings,
): ReadonlyMap<string, SentryRegression> {
  const named = new Map<string, SentryRegression>();
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
    const key = fitting[0]?.key ?? keyOf(operationOf(regression), settings);
    if (fitting[0] !== undefined && !named.has(key)) named.set(key, regression);
  }
  return named;
}

/**
 * Regressions of operations that the table does not have, once each, newest first. Sentry never resolves them by itself:
 * old ones must not crowd out what was measured.
 */
function unseenOf(
  regressions: readonly SentryRegression[],
  seen: ReadonlySet<string>,
  settings: Settings,
): readonly Candidate[] {
  const instantOf = ({ firstSeen }: SentryRegression): number => Date.parse(firstSeen ?? "") || 0;
  const newestLast = regressions.toSorted((a, b) => instantOf(a) - instantOf(b));
  const named = new Set([...seen]);
  const candidates = newestLast.toReversed().map((regression) => ofRegression(regression, settings));
  return candidates.filter(({ key }) => !named.has(key) && named.add(key));
}

const isPlain = ({ description, transaction }: Operation): boolean =>
  description === "" || description === transaction;

const operationOf = ({ project, transaction }: SentryRegression): Operation => ({
  project,
  transaction,
  op: "http.server",
  description: "",
});

function ofRegression(regression: SentryRegression, settings: Settings): Candidate {
  const operation = operationOf(regression);
  return { key: keyOf(operation, settings), operation, now: null, before: null, regression };
}
