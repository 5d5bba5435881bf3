import { findFailed, problemLines } from "@patchpilot/acceptance";
import type { Line, Outcome } from "@patchpilot/action-kit";
import { writeSummary } from "@patchpilot/action-kit/contract";
import { cleanText, countThings, tableCell } from "@patchpilot/evidence";
import {
  type Incident,
  type IncidentRecord,
  type IncidentSummary,
  summariseIncident,
} from "@patchpilot/incident";
import type { AppliedChange, IncidentChange } from "@patchpilot/ledger";
import type { contract } from "./contract.ts";
import type { JudgedOperation } from "./facts.ts";
import { cleanKind, describeUnjudged } from "./words/kinds.ts";
import { formatDuration } from "./words/numbers.ts";

type Result = Outcome<typeof contract>;

/** A change that this run made, or would make. */
export type ScanChange = {
  readonly finding: JudgedOperation;
  readonly kind: "opened" | "updated";
  readonly change: IncidentChange;
};

/** Everything that a run found out and did. */
export type Scan = {
  /** Judged as regressed, slow or insufficient, worst first. */
  readonly findings: readonly JudgedOperation[];
  /** The incident of each finding, by key. */
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly made: readonly ScanChange[];
  readonly applied: readonly AppliedChange[];
  /** Values of `span.op` that exist and were not judged; hostile text. */
  readonly unjudged: readonly string[];
  readonly lines: readonly Line[];
  readonly secrets: readonly string[];
  /** Nothing was written: `dry-run` or `stop`. */
  readonly planned: boolean;
};

/** Outputs, log lines and summary, all from the same scan. Pure. */
export function report(scan: Scan): Result {
  const failed = findFailed(scan.applied);
  const stands = ({ change }: ScanChange): boolean => !scan.planned && !failed.has(change.incident.number);
  const findNumbers = (kind: ScanChange["kind"]): number[] =>
    scan.made
      .filter((made) => made.kind === kind && stands(made))
      .map(({ change }) => change.incident.number)
      .toSorted((a, b) => a - b);
  const opened = findNumbers("opened");
  const summaries = summariseAll(scan, new Set(opened));
  const issues = summaries.filter(({ phase }) => phase === "accepted").map(({ issue }) => issue);
  const bottlenecks = scan.findings.map((finding) => toBottleneck(finding, scan));
  return {
    outputs: {
      issues,
      incidents: summaries,
      count: issues.length,
      opened,
      updated: findNumbers("updated"),
      bottlenecks,
      unjudged: scan.unjudged.map(cleanKind),
    },
    lines: [
      ...scan.lines,
      ...problemLines(scan.applied),
      ...scan.made.map((made) => describeChange(made, scan.planned)),
    ],
    summary: composeSummary(bottlenecks, scan),
  };
}

/** Incidents that go on, as they stand after this run. */
function summariseAll({ incidents, made }: Scan, opened: ReadonlySet<number>): IncidentSummary[] {
  const rewritten = new Map(made.map(({ change }) => [change.incident.number, change]));
  return [...incidents.values()]
    .flatMap((incident): IncidentSummary[] => {
      const { number, open, records, phase } = incident;
      const change = opened.has(number) ? rewritten.get(number) : undefined;
      const data = change?.records[0]?.data as IncidentRecord | undefined;
      const record = data ?? records.incident?.data;
      const now = data === undefined ? phase : data.phase;
      if (record === undefined || now === undefined || (!open && data === undefined)) return [];
      return [summariseIncident(incident, record, now)];
    })
    .toSorted((a, b) => a.issue - b.issue);
}

function toBottleneck(
  finding: JudgedOperation,
  { incidents, secrets }: Scan,
): Result["outputs"]["bottlenecks"][number] {
  const { operation, now, key } = finding;
  const clean = (text: string): string => cleanText(text, { maxLength: 200, secrets, singleLine: true }).text;
  return {
    transaction: clean(operation.transaction),
    op: clean(operation.op),
    description: clean(operation.description),
    count: now?.count ?? 0,
    p75: now === null ? null : tenth(now.p75),
    p95: tenth(finding.p95),
    p99: now === null ? null : tenth(now.p99),
    baselineP95: finding.baselineP95 === null ? null : tenth(finding.baselineP95),
    change: finding.change === null ? null : Math.round(finding.change * 100) / 100,
    verdict: finding.verdict === "steady" ? "insufficient" : finding.verdict,
    issue: incidents.get(key)?.number ?? null,
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function describeChange({ kind, change, finding }: ScanChange, planned: boolean): Line {
  const { number } = change.incident;
  const verb = `${planned ? "would be" : "is"} ${kind}`;
  return {
    level: "info",
    text: `#${number} ${verb}: ${VERDICTS[finding.verdict]}, p95 ${formatDuration(finding.p95)}.`,
  };
}

const VERDICTS: { readonly [Verdict in JudgedOperation["verdict"]]: string } = {
  regressed: "slower than before",
  slow: "slow",
  insufficient: "too few requests to judge",
  steady: "as before",
};

const HEAD = ["Issue", "Now", "Kind", "Operation", "p95", "Before", "Change"];

function composeSummary(bottlenecks: Result["outputs"]["bottlenecks"], { planned, unjudged }: Scan): string {
  const leftOut = describeUnjudged(unjudged);
  const notes = leftOut === null ? [] : [leftOut];
  const rows = bottlenecks.map(
    ({ transaction, op, description, p95, baselineP95, change, verdict, issue }) => [
      issue === null ? "" : `#${issue}`,
      VERDICTS[verdict],
      tableCell(op),
      tableCell(description === "" ? transaction : description),
      formatDuration(p95),
      baselineP95 === null ? "" : formatDuration(baselineP95),
      change === null ? "" : `×${change}`,
    ],
  );
  const slow = bottlenecks.filter(({ verdict }) => verdict !== "insufficient").length;
  const first =
    slow === 0
      ? "No operation that was looked at is slow."
      : `${countThings(slow, "operation")} ${slow === 1 ? "is" : "are"} slow.${planned ? " This run only planned." : ""}`;
  return writeSummary("Performance scan", first, { head: HEAD, rows }, notes);
}
