import { isHeld } from "@patchpilot/incident";
import { nameAction } from "@patchpilot/owner";
import { MOST_INTERRUPTIONS } from "./claims.ts";
import { type DispatchRule, leaveAlone, passOver, sendAgain } from "./rule.ts";
import {
  findLastReason,
  goesOn,
  isClosed,
  isExhausted,
  isInFlight,
  isInterrupted,
  isJustMerged,
  rank,
  reasonOf,
} from "./rule-tests.ts";

/** What dispatch does with an incident, in this order: the first rule that applies decides. */
export const DISPATCH_RULES: readonly DispatchRule[] = [
  passOver(
    "read-only",
    "a newer PatchPilot wrote the records; upgrade this action",
    ({ incident }) => incident.records.newerVersion !== undefined,
    ({ incident: { records } }) =>
      `its records are of version ${records.newerVersion}; upgrade ${nameAction("dispatch")}`,
  ),
  passOver(
    "older-record",
    "a record is older than the refs say: GitHub showed an old copy, or someone put an earlier state back",
    ({ settlement }) => settlement.kind === "older-record",
    reasonOf,
  ),
  passOver("closed", "the issue is closed", isClosed, () => "the issue is closed"),
  passOver(
    "not-accepted",
    "no accepted incident is recorded on the issue",
    ({ incident, record }) => incident.phase === undefined || record === undefined,
    () => "no accepted incident is recorded on this issue",
  ),
  passOver(
    "held",
    "`patchpilot:hold` is set",
    ({ incident }) => isHeld(incident),
    () => "the label patchpilot:hold is set",
  ),
  passOver(
    "locked",
    "the conversation is locked, so nothing can be written there",
    ({ incident }) => incident.locked,
    () => "its conversation is locked, so nothing can be written there: unlock it",
  ),
  passOver(
    "verifying",
    "its pull request is merged, and PatchPilot follows it in production",
    ({ incident }) => incident.phase === "verifying",
    () => "its pull request is merged, and PatchPilot follows it in production",
  ),
  passOver(
    "proposed",
    "a pull request waits for review",
    ({ settlement }) => settlement.kind === "proposed",
    () => "its pull request waits for review",
  ),
  passOver("in-flight", "an attempt is running", isInFlight, reasonOf),
  passOver(
    "in-flight",
    "an attempt has ended, and its outcome is not recorded yet",
    ({ settlement }) => settlement.kind === "close",
    () => "its outcome is not written down yet",
  ),
  leaveAlone(
    "claim-refused",
    "GitHub does not let this run close an attempt's gate: check permissions and rulesets for `refs/patchpilot`",
    ({ settlement }) => settlement.kind === "stuck",
    reasonOf,
  ),
  leaveAlone(
    "frozen",
    "someone changed or deleted PatchPilot's refs; fix the incident by hand, or close it",
    ({ settlement }) => settlement.kind === "frozen",
    reasonOf,
  ),
  passOver(
    "verifying",
    "its pull request was merged a moment ago, and PatchPilot follows it in production",
    isJustMerged,
    () => "its pull request is merged, and PatchPilot follows it in production",
  ),
  sendAgain(
    "an attempt's dispatch is not confirmed but its worker has started: no row below stops it",
    ({ way }) => way === "confirm",
  ),
  leaveAlone(
    "plan-refused",
    "`patchpilot:go-ahead` does not count for the plan: the plan was edited, is newer than the label or is too long, or its label was set by someone without write access",
    ({ waitsFor, approval }) => waitsFor === "approval" && approval.fault !== "",
    ({ approval }) => approval.fault,
  ),
  leaveAlone(
    "reply-refused",
    "only people without write access have answered the agent's question or its plan",
    ({ waitsFor, reply, approval }) =>
      (waitsFor === "answer" || waitsFor === "approval") &&
      reply.fault !== "" &&
      approval.approved === undefined,
    ({ reply }) => reply.fault,
  ),
  passOver(
    "needs-human",
    "a plan waits for `patchpilot:go-ahead`",
    ({ waitsFor, approval }) => waitsFor === "approval" && approval.approved === undefined,
    () => "approve the plan with the label patchpilot:go-ahead",
  ),
  leaveAlone(
    "plan-refused",
    "a plan is approved, but `autonomy` is not `draft-pr`",
    ({ waitsFor, settings }) => waitsFor === "approval" && settings.autonomy !== "draft-pr",
    ({ settings }) => `\`autonomy: ${settings.autonomy}\` lets no plan be carried out`,
  ),
  passOver(
    "needs-human",
    "the agent asks a question, which a comment that begins with `/patchpilot answer` answers",
    ({ waitsFor }) => waitsFor === "answer",
    () => "the agent asks a question, which is on the issue",
  ),
  passOver(
    "needs-human",
    "the issue shows the report that was asked for; close it, or set `patchpilot:retry` for another one",
    ({ waitsFor }) => waitsFor === "report",
    () => "its report is on the issue",
  ),
  passOver(
    "needs-human",
    "two attempts in a row ended for a reason outside of them; correct it, then set `patchpilot:retry`",
    isInterrupted,
    ({ newest }) =>
      `its last ${MOST_INTERRUPTIONS} attempts were interrupted (${newest.endingCause ?? "unknown"})`,
  ),
  passOver(
    "needs-human",
    "you have to decide; `patchpilot:retry` opens another attempt",
    ({ waitsFor }) => waitsFor === "decision",
    ({ incident }) => findLastReason(incident) ?? "someone has to decide",
  ),
  passOver(
    "observe",
    "`autonomy: observe` dispatches nothing",
    ({ settings }) => settings.autonomy === "observe",
    () => "`autonomy: observe` dispatches nothing",
  ),
  passOver(
    "fix-in-flight",
    "someone, or another tool, has a fix under way",
    ({ record }) => Boolean(record?.standDown),
    ({ record }) => record?.standDown ?? "",
  ),
  leaveAlone(
    "below-severity",
    "its severity is below `min-severity`; `patchpilot:take-on` vouches for it",
    ({ vouchedBy, record, settings }) =>
      !vouchedBy["take-on"] && rank(record?.severity ?? "") > rank(settings.minSeverity),
    ({ record, settings }) => `severity ${record?.severity} is below ${settings.minSeverity}`,
  ),
  leaveAlone(
    "below-confidence",
    "its confidence is below `min-confidence`; `patchpilot:take-on` vouches for it",
    ({ vouchedBy, record, settings }) =>
      !vouchedBy["take-on"] && record !== undefined && record.confidence < settings.minConfidence,
    ({ record, settings }) =>
      `confidence ${record?.confidence.toFixed(2)} is below ${settings.minConfidence}`,
  ),
  leaveAlone(
    "attempts-exhausted",
    "`max-attempts` are spent; `patchpilot:retry` opens one more",
    isExhausted,
    ({ settings }) => `all ${settings.maxAttempts} attempts are used`,
  ),
  passOver(
    "verifying",
    "its pull request was merged although changes were asked for or checks were red, and PatchPilot follows it in production",
    ({ waitsFor, pullRequest, merge }) =>
      goesOn(waitsFor) && pullRequest?.state === "merged" && !merge.isDisproved,
    () => "someone merged its pull request",
  ),
  leaveAlone(
    "needs-human",
    "its pull request was closed after a reviewer had asked for changes, or checks had gone red",
    ({ waitsFor, pullRequest }) =>
      goesOn(waitsFor) && pullRequest?.state !== "open" && pullRequest?.state !== "merged",
    () => "its pull request was closed after changes were asked for, or checks had gone red",
  ),
  leaveAlone(
    "needs-human",
    "a reviewer asked for changes, or checks went red, but someone else has pushed to the branch",
    ({ waitsFor, pullRequest, review, redChecks }) =>
      pullRequest?.state === "open" &&
      ((waitsFor === "review" && review.isOthers) || (waitsFor === "checks" && redChecks.isOthers)),
    () => "someone else has pushed to its branch, so PatchPilot does not touch it",
  ),
  leaveAlone(
    "needs-human",
    "the reviewer no longer asks for changes; merge the pull request or close it",
    ({ waitsFor, pullRequest, review }) =>
      waitsFor === "review" && pullRequest?.state === "open" && review.answer === undefined,
    () => "the reviewer no longer asks for changes; merge its pull request or close it",
  ),
  leaveAlone(
    "needs-human",
    "checks of the pull request were red and no longer are; merge it or close it",
    ({ waitsFor, pullRequest, redChecks }) =>
      waitsFor === "checks" && pullRequest?.state === "open" && redChecks.answer === undefined,
    () => "its checks are no longer red, or cannot be read; merge its pull request or close it",
  ),
  leaveAlone(
    "needs-human",
    "an attempt to turn checks green changed nothing",
    ({ waitsFor, redChecks }) => waitsFor === "checks" && redChecks.isInVain,
    () => "the same checks are red on the same files, and its last attempt changed nothing",
  ),
  leaveAlone(
    "observe",
    "the evidence is too thin even for a plan; `patchpilot:take-on` vouches for it",
    ({ isIdle, depth }) => !isIdle && depth.autonomy === "observe",
    ({ depth }) => depth.reasons.join("; "),
  ),
  leaveAlone(
    "dispatch-refused",
    "GitHub refused twice to start the repair workflow; correct the cause, then set `patchpilot:retry`",
    ({ isRefused, commands }) => isRefused && commands.retry === undefined,
    ({ newest }) => newest.claim?.refusal ?? "GitHub refused the dispatch",
  ),
  sendAgain(
    "an attempt's dispatch was never confirmed, was refused, or started no run",
    ({ way }) => way === "again",
  ),
  leaveAlone(
    "retry-not-allowed",
    "the last attempt did not help, and `allow` lacks `retry`; `patchpilot:retry` opens another one",
    ({ isIdle, isHeldBack }) => isIdle && isHeldBack,
    () => "its last attempt did not help, and `allow` lacks retry",
  ),
  passOver(
    "cause-spent",
    "nothing has happened since the last attempt that would justify another",
    ({ isIdle }) => isIdle,
    () => "nothing has happened since the last attempt that would justify another",
  ),
];
