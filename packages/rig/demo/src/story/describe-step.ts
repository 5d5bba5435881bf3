import type { StepRecord } from "@patchpilot/runner";

/** What `verify-recovery` decided on one incident, as its output `decisions` says it. */
export type StepDecision = {
  readonly issue: number;
  readonly decision: string;
  readonly verdict: string;
  readonly reason: string;
  /** You were called at once, though nothing is decided. */
  readonly needs?: string;
  readonly eta: string | null;
};

type Outputs = StepRecord["outputs"];

/** Which action a step used; undefined for any other step. */
export const readActionName = ({ name }: Pick<StepRecord, "name">): string | undefined =>
  /patchpilot\/([\w-]+)@/.exec(name)?.[1];

/**
 * What a finished step of an action did, in sentences for people; none where it did nothing.
 * @param action the action, or the job of the repair workflow that used it
 */
export function describeStep(action: string, outputs: Outputs): string[] {
  return DESCRIBE[action]?.(outputs) ?? [];
}

export const readDecisions = (outputs: Outputs): StepDecision[] => rows<StepDecision>(outputs, "decisions");

const DESCRIBE: Readonly<Record<string, (outputs: Outputs) => string[]>> = {
  intake: (outputs) => [
    ...rows<{ issue: number; severity: string }>(outputs, "incidents").map(
      ({ issue, severity }) => `accepts #${issue} as an incident of ${severity} severity`,
    ),
    ...rows<{ issue: number; detail: string }>(outputs, "ignored").map(
      ({ issue, detail }) => `leaves #${issue} alone: ${detail}`,
    ),
  ],
  impact: (outputs) =>
    rows<{ summary: string }>(outputs, "impact").map(({ summary }) => `counts: ${summary}`),
  dispatch: (outputs) => [
    ...rows<{ issue: number; attempt: number; outcome: string }>(outputs, "settled").map(
      ({ issue, attempt, outcome }) =>
        `notes how attempt ${attempt} of #${issue} ended: ${outcome === "lost" ? "no run started" : outcome}`,
    ),
    ...rows<{ issue: number; attempt: number }>(outputs, "dispatched").map(
      ({ issue, attempt }) => `hands #${issue} to a repair worker, attempt ${attempt}`,
    ),
  ],
  "perf-scan": (outputs) => {
    const opened = rows<number>(outputs, "opened");
    return rows<Bottleneck>(outputs, "bottlenecks")
      .filter(({ issue }) => issue !== null && opened.includes(issue))
      .map(describeBottleneck);
  },
  gate: (outputs) =>
    outputs["proceed"] === "true" ? [`lets this run pass as the one worker on #${outputs["issue"]}`] : [],
  work: (outputs) =>
    outputs["result"] === "patch"
      ? ["leaves a patch that passes the tests; this job can write nothing to GitHub"]
      : [`leaves no patch: ${outputs["result"]}`],
  verify: (outputs) =>
    outputs["result"] === "patch" && outputs["patch"]
      ? ["tests the patch again on a fresh checkout, without any key: green"]
      : [],
  publish: (outputs) =>
    outputs["pr"] ? [`opens draft pull request #${outputs["pr"]} and runs none of its code`] : [],
  "verify-recovery": (outputs) => readDecisions(outputs).map(describeDecision),
};

type Bottleneck = {
  readonly issue: number | null;
  readonly transaction: string;
  readonly verdict: string;
  readonly p95: number;
  readonly baselineP95: number | null;
};

function describeBottleneck({ issue, transaction, verdict, p95, baselineP95 }: Bottleneck): string {
  const before = baselineP95 === null ? "" : `, ${Math.round(baselineP95)} ms before`;
  const how = verdict === "regressed" ? "became slower" : "is slow";
  return `opens issue #${issue}: ${transaction} ${how}, p95 ${Math.round(p95)} ms${before}`;
}

const describeDecision = ({ decision, needs, reason }: StepDecision): string =>
  `${needs === undefined ? (DECISIONS[decision] ?? "decides") : "calls you"}: ${reason}`;

const DECISIONS: Readonly<Record<string, string>> = {
  close: "closes the issue",
  wait: "waits",
  retry: "asks for another attempt",
  escalate: "asks you",
  reopen: "reopens the issue",
  confirm: "looks again",
  doubt: "asks you",
  watch: "watches",
};

function rows<Row>(outputs: Outputs, name: string): Row[] {
  const text = outputs[name];
  return text === undefined || text === "" ? [] : (JSON.parse(text) as Row[]);
}
