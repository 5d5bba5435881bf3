import type { Line, Outcome } from "@patchpilot/action-kit";
import { parseKey, type WorkOrder } from "@patchpilot/incident";
import type { contract, Verdict } from "./contract.ts";
import type { Finding } from "./patch/rules.ts";

export type Result = Outcome<typeof contract>;

/** What a run came to. */
export type Ending = {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly pullRequest?: { readonly number: number; readonly url: string };
  readonly lines?: readonly Line[];
  /** Why the patch is refused, or else what its reviewer should know. */
  readonly findings?: readonly Finding[];
};

/** An output must stay small enough to be passed on. */
const MOST_FINDINGS = 100;

/** Outputs, log and summary of a run. Only a refused patch fails the job. */
export function outcomeOf(key: string, order: WorkOrder | undefined, ending: Ending): Result {
  const { verdict, reasons, pullRequest } = ending;
  const proposed = verdict === "proposed" || verdict === "exists";
  const issues = proposed ? [parseKey(key)?.issue ?? 0] : [];
  const told = reasons.join(" ");
  const line: Line = {
    level: proposed || verdict === "planned" ? "info" : "notice",
    text: `${key}: ${told}`,
  };
  return {
    outputs: {
      issues,
      incidents: order === undefined ? [] : [summaryOf(order)],
      count: issues.length,
      pr: pullRequest?.number ?? "",
      url: pullRequest?.url ?? "",
      verdict,
      reasons: [...reasons],
      findings: [...(ending.findings ?? [])].slice(0, MOST_FINDINGS),
    },
    lines: [...(verdict === "refused" ? [] : [line]), ...(ending.lines ?? [])],
    summary: [`### Propose: ${verdict}`, "", ...reasons.map((reason) => `- ${reason}`), ""].join("\n"),
    ...(verdict === "refused" ? { failure: `Nothing is proposed for ${key}. ${told}` } : {}),
  };
}

const summaryOf = ({ issue, incident, url }: WorkOrder): Result["outputs"]["incidents"][number] => ({
  issue,
  key: incident.key,
  kind: incident.kind,
  title: incident.title,
  severity: incident.severity,
  phase: "working",
  url,
});
