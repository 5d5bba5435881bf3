import { asSentence } from "@patchpilot/evidence";
import { type AttemptRecord, isWalled, SANDBOX_TITLES } from "@patchpilot/incident";
import { foldRecord } from "./fold.ts";

/**
 * The comment of an attempt: one line, the facts folded, and what its run left.
 * @param left a section; empty: nothing, or nothing yet
 */
export function attemptText(record: AttemptRecord, left = ""): string {
  const { attempt, runId, runUrl, autonomy, autonomyReasons, cause, losses, phase } = record;
  const rows = [
    ...proofRow(record),
    ["Worker", `\`${record.agent}\``],
    ["Dispatched", record.dispatchedAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")],
    ...(runId ? [["Run", runUrl === undefined ? runId : `[${runId}](${runUrl})`]] : []),
    ...pullRequestRow(record),
    ...(autonomy === "plan"
      ? [["Depth", `plan only: ${autonomyReasons?.join("; ") || "`autonomy: plan`"}`]]
      : []),
    ...(record.outcome ? [["Outcome", `**${record.ending ?? record.outcome}**`]] : []),
    ["Opened by", causeText(cause)],
  ];
  const table = ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
  const again =
    losses > 0 && phase === "working" ? " No run started at first, so it was asked for again." : "";
  const line = `**Repair attempt ${attempt}:** ${asSentence(record.reason ?? "")}${again}`;
  return [foldRecord(line, table), left].filter(Boolean).join("\n\n");
}

/** What the tests show of the patch comes first. */
function proofRow({ proof }: AttemptRecord): string[][] {
  if (proof === undefined) return [];
  const where = SANDBOX_TITLES.get(proof.wall) ?? proof.wall;
  const wall = isWalled(proof)
    ? `\`verify\` said so, behind ${where}`
    : "claimed: there was no wall around the tests";
  return [["Proof", `**${proof.level}** (${wall})`]];
}

/** By its address, where that is known: in another repository `#34` would name a stranger. */
function pullRequestRow({ pullRequest, pullRequestUrl: url }: AttemptRecord): string[][] {
  if (pullRequest === undefined) return [];
  return [["Pull request", url === undefined ? `#${pullRequest}` : `[#${pullRequest}](${url})`]];
}

function causeText(cause: string): string {
  const [kind, name = ""] = cause.split("/");
  if (kind === "acceptance")
    return name === "e1" ? "the incident's acceptance" : `the reopening (episode ${name.slice(1)})`;
  if (kind === "outcome") return `the outcome of attempt ${name.slice(1)}`;
  if (kind === "failing") return `production, where the fix of attempt ${name.slice(1)} did not help`;
  if (kind === "review") return "a reviewer who asked for changes";
  if (kind === "checks") return "checks that went red on its pull request";
  if (kind === "comment") return "a comment of someone with write access";
  if (kind === "label") return "a label that someone set";
  return "someone who asked for a redispatch";
}
