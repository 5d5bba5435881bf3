import type { Line, Outcome } from "@patchpilot/action-kit";
import type { OpenedPullRequest } from "@patchpilot/github";
import { summariseOrder, type WorkOrder } from "@patchpilot/incident";
import type { PatchChange, PolicyFinding } from "@patchpilot/patch-policy";
import type { contract } from "./contract.ts";
import { endRun, type ProposeEnding } from "./facts.ts";

export type ProposeResult = Outcome<typeof contract>;

/** What a run is about, as its words and outputs name it. */
export type ProposeSubject = {
  /** The key of an attempt, or the patch. */
  readonly name: string;
  /** Of the incident; absent: the patch belongs to none. */
  readonly issue?: number;
  readonly order?: WorkOrder | undefined;
};

/** An output must stay small enough to be passed on. */
const MOST_FINDINGS = 100;

/** Outputs, log and summary of a run. Only a refused patch fails the job. */
export function report({ name, issue, order }: ProposeSubject, ending: ProposeEnding): ProposeResult {
  const { verdict, reasons, pullRequest } = ending;
  const hasPull = verdict === "proposed" || verdict === "exists";
  const issues = hasPull && issue !== undefined ? [issue] : [];
  const told = reasons.join(" ");
  const line: Line = {
    level: hasPull || verdict === "planned" ? "info" : "notice",
    text: `${name}: ${told}`,
  };
  return {
    outputs: {
      issues,
      incidents: order === undefined ? [] : [summariseOrder(order)],
      count: issues.length,
      pr: pullRequest?.number ?? "",
      url: pullRequest?.url ?? "",
      verdict,
      reasons: [...reasons],
      findings: [...(ending.findings ?? [])].slice(0, MOST_FINDINGS),
    },
    lines: [...(verdict === "refused" || verdict === "unproven" ? [] : [line]), ...(ending.lines ?? [])],
    summary: [`### Propose: ${verdict}`, "", ...reasons.map((reason) => `- ${reason}`), ""].join("\n"),
    ...(verdict === "refused" || verdict === "unproven"
      ? { failure: `Nothing is proposed for ${name}. ${told}` }
      : {}),
  };
}

/** The ending of a run that has its pull request. */
export const endProposed = (
  { pullRequest, lines }: { readonly pullRequest: OpenedPullRequest; readonly lines: readonly Line[] },
  changes: readonly PatchChange[],
): ProposeEnding => ({
  verdict: "proposed",
  reasons: [`Pull request #${pullRequest.number} changes ${changes.length} files: ${pullRequest.url}`],
  pullRequest,
  lines,
});

/** The ending of a dry run. */
export function endPlanned(changes: readonly PatchChange[], branch: string): ProposeEnding {
  const paths = changes.map(({ path }) => path).join(", ");
  return endRun(
    "planned",
    `\`dry-run\`: ${branch} would get ${changes.length} changed files (${paths}) and a pull request.`,
  );
}

/** Each reason with the name of its rule; a patch of thousands of faults says the first of them. */
export const listReasons = (refused: readonly PolicyFinding[]): string[] => [
  ...refused.slice(0, MOST_REASONS).map(({ rule, told }) => `${told} (${rule})`),
  ...(refused.length > MOST_REASONS ? [`And ${refused.length - MOST_REASONS} more.`] : []),
];
const MOST_REASONS = 20;
