import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, writeSummary } from "@patchpilot/action-kit/contract";
import type { HttpFailure } from "@patchpilot/http";
import { nameAction } from "@patchpilot/owner";
import type { contract } from "./contract.ts";
import type { CaseRecord, ImpactCase } from "./facts.ts";

export type ImpactResult = Outcome<typeof contract>;

/** What was counted, until a failure ended it. */
export type Counted = { readonly records: readonly CaseRecord[]; readonly failure: HttpFailure | undefined };

/** Faults that the next run does not heal: somebody has to change an input. */
const REFUSALS = new Set(["unauthorized", "forbidden", "not-found", "rejected"]);

/** What a run says beside its counts. */
type Said = {
  readonly notes: readonly string[];
  readonly idle: readonly Line[];
  /** What could not be written. */
  readonly problems: readonly string[];
};

export function report(
  open: readonly ImpactCase[],
  { records, failure }: Counted,
  { notes, idle, problems }: Said,
): ImpactResult {
  const isRefused = failure !== undefined && REFUSALS.has(failure.kind);
  const lines: Line[] = [
    ...notes.map((text): Line => ({ level: "notice", text })),
    ...records.map(({ issue, data }): Line => ({ level: "info", text: `#${issue}: ${data.summary}` })),
    ...idle,
    ...open.filter(({ readOnly }) => readOnly).map(newerLine),
    ...problems.map((text): Line => ({ level: "warning", text })),
    ...(failure && !isRefused ? [{ level: "warning", text: leftOut(failure) } as const] : []),
  ];
  return {
    outputs: makeOutputs(open, records),
    lines,
    summary: stepSummary(records, [...notes, ...idle.map(({ text }) => text)]),
    ...(isRefused ? { failure: leftOut(failure) } : {}),
  };
}

const leftOut = (failure: HttpFailure): string =>
  `Impact is not counted in this run, and everything else continues. ${failure.message}`;

const newerLine = ({ issue }: ImpactCase): Line => ({
  level: "warning",
  text: `#${issue} has records of a newer PatchPilot: upgrade \`${nameAction("impact")}\` to count its impact.`,
});

function makeOutputs(open: readonly ImpactCase[], records: readonly CaseRecord[]): ImpactResult["outputs"] {
  const known = open.flatMap(({ issue, previous }) => {
    const data = records.find((record) => record.issue === issue)?.data ?? previous;
    if (data === null) return [];
    const events = data.events.map(({ event, current, baseline, change, actors, baselineActors }) => ({
      event,
      current,
      baseline,
      change,
      actors,
      ...(baselineActors === undefined ? {} : { baselineActors }),
    }));
    return [{ issue, events, summary: data.summary }];
  });
  const issues = open.map(({ issue }) => issue);
  const incidents = open.map(({ issue, summary, severity }) => {
    const counted = records.find((record) => record.issue === issue)?.data;
    return counted === undefined ? summary : { ...summary, severity: counted.severity ?? severity };
  });
  return { issues, incidents, count: issues.length, impact: known };
}

function stepSummary(records: readonly CaseRecord[], said: readonly string[]): string {
  const rows = records.map(({ issue, data }) => [`#${issue}`, data.summary]);
  const [first = "", ...notes] = records.length > 0 ? ["Product events were counted.", ...said] : said;
  return writeSummary("Impact", first, { head: ["Issue", "What changed"], rows }, notes);
}

/** The report of a run that names no issue. */
export function reportNothing(): ImpactResult {
  return {
    outputs: makeOutputs([], []),
    lines: [{ level: "info", text: NO_ISSUES }],
    summary: stepSummary([], [NO_ISSUES]),
  };
}
