import { describeMilliseconds, describeRateChange, inertCode } from "@patchpilot/evidence";
import type { PreviousAttempt } from "@patchpilot/incident";
import { nameOutcome } from "@patchpilot/status";
import { clean } from "../words/change.ts";

/** The newest of them are listed. */
const MOST_LISTED = 5;

/**
 * What earlier attempts did and how they ended, one line each, oldest first. Reasons, paths and questions may be an
 * agent's words. Pure.
 */
export function earlierSection(previous: readonly PreviousAttempt[], secrets: readonly string[]): string[] {
  if (previous.length === 0) return [];
  const listed = previous.slice(-MOST_LISTED);
  const before = previous.length - listed.length;
  return [
    "**Earlier attempts:**",
    "",
    ...(before > 0 ? [`- ${before} more before these.`] : []),
    ...listed.map((one) => `- ${describeAttempt(one, secrets)}`),
    "",
  ];
}

/** Attempts whose reason says only again how they ended. */
const WITHOUT_REASON = [
  "merged",
  "failing",
  "declined",
  "lost",
  "replaced",
  "planned",
  "changes-requested",
  "red-checks",
];

function describeAttempt(previous: PreviousAttempt, secrets: readonly string[]): string {
  const { attempt, outcome, pullRequest, reason, diff, residual, declined = [] } = previous;
  const text = (raw: string, most = 200) => inertCode(clean(secrets, raw, most), most);
  const name = `Attempt ${attempt}${pullRequest === undefined ? "" : ` (#${pullRequest})`}`;
  const files = listFiles(diff ?? "").map((path) => text(path));
  const changed = files.length === 0 ? "" : ` It had changed ${files.join(", ")}.`;
  const isSaid = WITHOUT_REASON.includes(outcome) || reason === `it ${nameOutcome(outcome)}`;
  const why = reason === undefined || reason === "" || isSaid ? "" : `: ${text(reason)}`;
  const ended = `${name} ${nameOutcome(outcome)}${why}.`;
  const said = declined.map(({ by, text: words }) => ` ${text(by, 60)} said: ${text(words, 280)}.`).join("");
  return `${ended}${said}${residual === undefined ? "" : describeResidual(residual)}${changed}`;
}

/** What production measured after its deployment. */
function describeResidual({ unit, before, after, left }: NonNullable<PreviousAttempt["residual"]>): string {
  if (typeof before !== "number" || typeof after !== "number") return "";
  if (unit === "p95 in ms")
    return ` Production measured a p95 of ${describeMilliseconds(after)} after it and ${describeMilliseconds(before)} before.`;
  return unit === "errors per hour"
    ? ` In production, errors went ${describeRateChange(before, after)}${nameTraffic(after / before, left)}.`
    : "";
}

/** Rates that traffic changed say nothing of the fix. @param left what is left of the errors for the same traffic */
function nameTraffic(share: number, left: number | null | undefined): string {
  if (typeof left !== "number" || !Number.isFinite(share)) return "";
  if (left <= 2 * share && left >= share / 2) return "";
  return left > share ? ", with less traffic" : ", with more traffic";
}

/** The files of a diff, the first three of them. */
const listFiles = (diff: string): string[] =>
  [...new Set([...diff.matchAll(/^diff --git a\/(\S+) b\/\S+$/gm)].map(([, path = ""]) => path))].slice(0, 3);
