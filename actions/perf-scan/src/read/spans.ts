import { HttpFailure } from "@patchpilot/http";
import type { EndpointRegression } from "@patchpilot/sentry";
import type { PerfScanInputs } from "../contract.ts";
import { chooseOperations, type OperationChoice } from "../decide/choose.ts";
import { judgeOperation, type MeasuredHours, testedDuration } from "../decide/judge.ts";
import type { ScanWindows } from "../decide/windows.ts";
import { isBottleneck, type JudgedOperation, type SuspectOperation } from "../facts.ts";
import type { SpanReader } from "../ports.ts";
import { listKinds } from "../words/kinds.ts";
import { readTables } from "./tables.ts";

/** What one scan measured. */
type SpanMeasurement = {
  /** Judged, worst first; `steady` ones are not among them. */
  readonly findings: readonly JudgedOperation[];
  /** What was not looked at, one sentence each: for every issue, and for the log. */
  readonly gaps: readonly string[];
  /** Values of `span.op` that Sentry has and `operations` leaves out; hostile text. */
  readonly unjudged: readonly string[];
};

const WORST = ["regressed", "slow", "insufficient"];

/**
 * Measures and judges: the table of operations now and before with Sentry's own regressions, then the hours of those that
 * look slow. Five requests for ten operations; a sixth asks for releases later.
 * @throws Error where Sentry has no spans at all: that is no proof that nothing is slow.
 */
export async function measureSpans(
  spans: SpanReader,
  windows: ScanWindows,
  inputs: PerfScanInputs,
): Promise<SpanMeasurement> {
  const [{ now, before, unjudged }, { regressions, gaps }] = await Promise.all([
    readTables(spans, windows, inputs),
    inputs["include-sentry-regressions"] ? listRegressions(spans) : { regressions: [], gaps: [] },
  ]);
  if (now.rows.length === 0 && regressions.length === 0) throw new Error(explainNothing(unjudged, inputs));
  const choice = chooseOperations(now, before, regressions, inputs);
  const candidates = [...choice.chosen, ...choice.risen];
  const measured = await readHours(candidates, spans, windows, inputs);
  const judged = candidates
    .map((candidate, index) => judgeOperation(candidate, measured[index] ?? null, windows, inputs))
    // Of what does not even look slow, nothing but a proven rise is worth a word.
    .filter(({ verdict }, index) => index < choice.chosen.length || verdict === "regressed");
  const sparse = choice.sparse.map((candidate) => judgeOperation(candidate, null, windows, inputs));
  const dated = await dateRegressions(judged, spans, gaps);
  return {
    findings: [...dated, ...sparse.map((one) => ({ ...one, reason: sparseReason(one, inputs) }))]
      .filter(({ verdict }) => verdict !== "steady")
      .toSorted((a, b) => WORST.indexOf(a.verdict) - WORST.indexOf(b.verdict)),
    gaps: [
      ...describeGaps(choice, { truncated: now.truncated, partial: now.partial || before.partial }, inputs),
      ...gaps,
    ],
    unjudged,
  };
}

function explainNothing(unjudged: readonly string[], inputs: PerfScanInputs): string {
  const { operations, environment, "window-hours": hours } = inputs;
  const nothing = `Sentry has no spans of ${operations.join(", ")} in the environment ${environment} in the last ${hours} hours, so nothing could be judged`;
  return unjudged.length > 0
    ? `${nothing}. It has spans of ${listKinds(unjudged)}: add those that count to \`operations\`.`
    : `${nothing}: check \`environment\`, \`sentry-projects\` and \`operations\`, and that the SDK sends traces (\`tracesSampleRate\`).`;
}

async function readHours(
  chosen: readonly SuspectOperation[],
  spans: SpanReader,
  windows: ScanWindows,
  inputs: PerfScanInputs,
): Promise<MeasuredHours[]> {
  if (chosen.length === 0) return [];
  const questions = chosen.flatMap((candidate, index) => {
    const threshold = testedDuration(candidate, inputs);
    return threshold === null ? [] : [{ index, operation: candidate.operation, threshold }];
  });
  const [all, above] = await Promise.all([
    spans.readHours(
      windows.history,
      chosen.map(({ operation }) => operation),
    ),
    questions.length === 0 ? [] : spans.readExceeding(windows.history, questions),
  ]);
  const answers = new Map(questions.map(({ index }, place) => [index, above[place] ?? null]));
  return chosen.map((_, index) => {
    const hours = all[index];
    return hours === undefined ? null : { all: hours, above: answers.get(index) ?? null };
  });
}

/** The second source: without it the first still tells what is slow. Where the token may not ask, a person has to act. */
async function listRegressions(
  spans: SpanReader,
): Promise<{ readonly regressions: readonly EndpointRegression[]; readonly gaps: string[] }> {
  try {
    return { regressions: await spans.listRegressions(), gaps: [] };
  } catch (error) {
    return { regressions: [], gaps: [gapIn("Sentry's own regressions could not be read", error)] };
  }
}

/**
 * What a provider's failure leaves out, in our words alone: issues show it. A refused credential or scope goes on, for the
 * person has to act on it.
 */
function gapIn(what: string, error: unknown): string {
  if (!(error instanceof HttpFailure) || error.kind === "unauthorized" || error.kind === "forbidden")
    throw error;
  return `${what} (${error.kind}${error.status === undefined ? "" : `, ${error.status}`}).`;
}

/** Sentry is asked when its regression began only where our own series does not show it. */
async function dateRegressions(
  findings: readonly JudgedOperation[],
  spans: SpanReader,
  gaps: string[],
): Promise<JudgedOperation[]> {
  const dated: JudgedOperation[] = [];
  for (const finding of findings) {
    const { regression, breakpoint } = finding;
    const isOpen = isBottleneck(finding) && regression !== null && breakpoint === null;
    const began = isOpen ? await readBreakpoint(regression, spans, gaps) : null;
    dated.push(began === null ? finding : { ...finding, breakpoint: began.getTime() });
  }
  return dated;
}

async function readBreakpoint(
  { issueId, shortId }: EndpointRegression,
  spans: SpanReader,
  gaps: string[],
): Promise<Date | null> {
  try {
    return await spans.readBreakpoint(issueId);
  } catch (error) {
    gaps.push(gapIn(`When Sentry's regression ${shortId ?? issueId} began could not be read`, error));
    return null;
  }
}

const sparseReason = ({ now }: JudgedOperation, { "min-samples": minSamples }: PerfScanInputs): string =>
  `Only ${now?.samples ?? 0} of its spans are stored, ${minSamples} are needed (min-samples): look at a longer window, or sample more.`;

function describeGaps(
  { left, leftRisen, sparse }: OperationChoice,
  tables: { readonly truncated: boolean; readonly partial: boolean },
  { "min-samples": minSamples }: PerfScanInputs,
): string[] {
  return [
    ...(tables.truncated
      ? ["Only the 100 operations that take most time in all were looked at; Sentry has more."]
      : []),
    ...(tables.partial ? ["Sentry looked at a part of its data only."] : []),
    ...(sparse.length > 0
      ? [
          `${sparse.length} more ${sparse.length === 1 ? "operation looks" : "operations look"} slow with fewer than ${minSamples} stored spans: too few to judge.`,
        ]
      : []),
    ...(left > 0
      ? [
          `${left} more ${left === 1 ? "operation looks" : "operations look"} slow and were not judged (limit).`,
        ]
      : []),
    ...(leftRisen > 0
      ? [
          `${leftRisen} more ${leftRisen === 1 ? "operation takes" : "operations take"} much time now and did not before; whether they became slower or are used more was not judged.`,
        ]
      : []),
  ];
}
