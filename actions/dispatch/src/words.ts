import type { Line } from "@patchpilot/action-kit";
import { type AttemptRecord, type DispatchRecord, isWalled, SANDBOX_TITLES } from "@patchpilot/incident";
import type { SkipReason } from "./contract.ts";
import { WENT_ON } from "./decide/records.ts";

const TITLES: Partial<Record<string, string>> = {
  working: "dispatched",
  proposed: "proposed a fix",
  verifying: "was merged",
  requeued: "did not help",
  "needs-human": "needs a person",
};

/**
 * The attempt as a person reads it on the issue.
 * @param left what its run left, as a section; empty: nothing, or nothing yet
 */
export function attemptText(record: AttemptRecord, runUrl: (id: string) => string, left = ""): string {
  const rows = [
    ...proofRow(record),
    ["Worker", `\`${record.agent}\``],
    ["Dispatched", record.dispatchedAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")],
    ...(record.runId ? [["Run", `[${record.runId}](${runUrl(record.runId)})`]] : []),
    ...pullRequestRow(record),
    ...(record.autonomy === "plan"
      ? [["Depth", `plan only: ${record.autonomyReasons?.join("; ") || "`autonomy: plan`"}`]]
      : []),
    ...(record.outcome ? [["Outcome", `**${record.ending ?? record.outcome}**`]] : []),
    ["Opened by", causeText(record.cause)],
  ];
  return [
    `### Repair attempt ${record.attempt} ${TITLES[record.phase] ?? record.phase}`,
    "",
    "| | |",
    "|---|---|",
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    "",
    `${sentence(record.reason ?? "")}`,
    ...(record.losses > 0 && record.phase === "working"
      ? ["", "The first dispatch started no run, so it was sent once more."]
      : []),
    ...(left === "" ? [] : ["", left]),
  ].join("\n");
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
  if (kind === "comment") return "a comment of somebody with write access";
  if (kind === "label") return "a label that a person set";
  return "a person who asked for a redispatch";
}

const REMEDIES: Partial<Record<SkipReason, string>> = {
  "below-severity":
    "Set the label `patchpilot:take-on` to have it repaired all the same. A lower `min-severity` counts for incidents to come.",
  "below-confidence":
    "Set the label `patchpilot:take-on` to vouch for it. A lower `min-confidence` counts for incidents to come.",
  "attempts-exhausted":
    "Set the label `patchpilot:retry` for one more attempt, or fix it by hand: the fix will be verified all the same.",
  "spend-cap": "Nothing is lost: no attempt is used up, and nobody has to ask again.",
  "retry-not-allowed":
    "Set the label `patchpilot:retry` for one more attempt, or fix it by hand: the fix will be verified all the same.",
  observe: "Set the label `patchpilot:take-on` to vouch for it.",
  "plan-refused":
    "Take `patchpilot:go-ahead` off and set it again on a plan as it was posted, or set `patchpilot:retry` for a new plan.",
  "reply-refused": "Somebody with write access has to say it, in a comment that nobody edits.",
  "needs-human": "Merge or close its pull request, or set `patchpilot:retry` for another attempt.",
  "dispatch-refused": "Correct the cause, then set the label `patchpilot:retry`.",
  "claim-refused":
    "Let PatchPilot write `refs/patchpilot/**` there (`contents: write`, rulesets), then set the label `patchpilot:retry`.",
  frozen: "Somebody changed or removed PatchPilot's refs. Fix this incident by hand, or close it.",
};

/** Why no attempt is opened, with what a person can do. */
export function dispatchText(record: DispatchRecord): string {
  const [name = "", ...rest] = record.reason.split(": ");
  if (name === WENT_ON) return "### Waited for a cap\n\nThere is room again: an attempt was opened since.";
  return [
    name === "spend-cap" ? "### Waits, as a cap is reached" : "### Not dispatched",
    "",
    sentence(rest.join(": ") || name),
    "",
    REMEDIES[name as SkipReason] ?? "A person has to decide.",
  ].join("\n");
}

/** A log line for a skip; what repeats at every tick is not worth an annotation. */
export const skipLine = (issue: number, reason: SkipReason, detail: string): Line => ({
  level:
    reason === "dispatch-refused" || reason === "claim-refused" || reason === "frozen" ? "warning" : "info",
  text: `#${issue} is not dispatched (${reason}): ${detail.replace(/\.$/, "")}.`,
});

const sentence = (text: string): string =>
  text === "" ? "" : `${text[0]?.toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
