import { asSentence } from "@patchpilot/evidence";
import { type AttemptRecord, isWalled, SANDBOX_TITLES } from "@patchpilot/incident";
import { describeInstant } from "@patchpilot/time";
import { foldRecord } from "./fold.ts";
import { nameOutcome } from "./outcomes.ts";

/** What the run of an attempt left. */
export type RunLeft = {
  /** Empty: nothing, or nothing yet. */
  readonly section: string;
  /** A question that waits for its answer is read without a click. */
  readonly isOpen: boolean;
};

/** The comment of an attempt: one line, and folded the facts and what its run left. */
export function attemptText(record: AttemptRecord, left: RunLeft = { section: "", isOpen: false }): string {
  const { attempt, runId, runUrl, autonomy, autonomyReasons, cause, losses, phase } = record;
  const rows = [
    ...proofRow(record),
    ["Worker", `\`${record.agent}\``],
    ["Dispatched", describeInstant(record.dispatchedAt, record.phaseAt)],
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
  const state = nameState(record);
  const reason = record.reason === `it ${state}` ? "" : asSentence(record.reason ?? "");
  const why = `${reason}${again}`;
  const title = `Repair attempt ${attempt} ${state}`;
  const { section, isOpen } = left;
  const folded = [why, table, isOpen ? "" : section].filter(Boolean).join("\n\n");
  return [foldRecord(title, folded), isOpen ? section : ""].filter(Boolean).join("\n\n");
}

/** The end of a sentence that begins with its name. */
function nameState({ phase, needs, outcome, ending }: AttemptRecord): string {
  if (outcome !== undefined) return nameOutcome(ending ?? outcome);
  if (phase === "working") return needs === "publish" ? "waits for your word" : "is in progress";
  return phase === "proposed" ? "waits for review" : nameOutcome("merged");
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
