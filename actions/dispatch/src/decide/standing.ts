import { type Groundwork, type IncidentRecord, readAccepted } from "@patchpilot/incident";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { type Cause, findCause } from "./causes.ts";
import { attemptsInEpisode, countInterruptions, highestClaim, isSpent, reviewCause } from "./claims.ts";
import { type Commands, findCommands } from "./commands.ts";
import { type Depth, judgeDepth } from "./depth.ts";
import { findDisproved } from "./disproved.ts";
import { type Approval, judgeApproval, layGround } from "./groundwork.ts";
import { type JudgedMerge, judgeMerge } from "./merge.ts";
import { judgeNewest, type NewestAttempt } from "./newest-attempt.ts";
import { findRedChecks, type PendingChecks } from "./pending-checks.ts";
import { isSevereNow } from "./raised.ts";
import { findReply, type Reply } from "./reply.ts";
import { findResumption, type Resumption } from "./resumption.ts";
import { findReview, type PendingReview } from "./review.ts";
import type { Settlement } from "./settle.ts";
import { findWait, type Wait } from "./wait.ts";

/** What the rules ask of one incident: its facts, and each question about them answered once. */
export type Standing = DispatchFacts &
  Resumption &
  Cause & {
    readonly settings: DispatchSettings;
    readonly settlement: Settlement;
    readonly record: IncidentRecord | undefined;
    readonly newest: NewestAttempt;
    /** How many attempts this episode has had. */
    readonly attempts: number;
    /** How many of the newest attempts in a row ended for a reason that is nobody's fault. */
    readonly interruptions: number;
    readonly commands: Commands;
    readonly approval: Approval;
    readonly reply: Reply;
    readonly review: PendingReview;
    readonly redChecks: PendingChecks;
    readonly merge: JudgedMerge;
    readonly waitsFor: Wait;
    /** Nothing opens another attempt, and none goes out again. */
    readonly isIdle: boolean;
    readonly ground: Groundwork;
    /** How far a worker may go with what is sent. */
    readonly depth: Depth;
  };

export function standingOf(
  facts: DispatchFacts,
  settlement: Settlement,
  settings: DispatchSettings,
): Standing {
  const { incident, pullRequest } = facts;
  const highest = highestClaim(facts);
  const newest = judgeNewest(highest, incident.episode, settlement);
  const isNew = (cause: string): boolean => !isSpent(facts, cause);
  const attempts = attemptsInEpisode(facts);
  const said = hearPeople(facts, settings, newest, isNew);
  const merge = judgeMerge(newest, pullRequest, findDisproved(incident, highest));
  const news = {
    ...listCauses(said, facts),
    failing: merge.failing,
    episode: incident.episode,
    attempts,
    mayRetry: settings.allow.includes("retry"),
  };
  const cause = findCause(newest, news, isNew);
  const ground = layGround(facts, newest, { ...cause, ...said });
  const way = findResumption(settlement, newest, facts.gate);
  return {
    ...facts,
    ...way,
    ...cause,
    settings,
    settlement,
    record: readAccepted(incident.records, incident.episode),
    newest,
    attempts,
    interruptions: countInterruptions(facts),
    ...said,
    merge,
    waitsFor: findWait(isSevereNow(incident) ? "accepted" : incident.phase, way, newest, said),
    isIdle: way.way === "next" && cause.cause === "",
    ground,
    depth: judgeDepth(facts, settings, way.way === "next" ? ground : (newest.claim ?? {})),
  };
}

/** What people ask for: by labels and comments, by approving a plan or answering, and in a review; and what CI does. */
type Said = Pick<Standing, "commands" | "approval" | "reply" | "review" | "redChecks">;

function hearPeople(
  facts: DispatchFacts,
  settings: DispatchSettings,
  newest: NewestAttempt,
  isNew: (cause: string) => boolean,
): Said {
  const commands = findCommands(facts, settings, isNew);
  const review = findReview(facts.pullRequest, facts.changeRequest, newest);
  return {
    commands,
    approval: judgeApproval(facts, commands.goAhead, newest),
    reply: findReply(facts, newest, isNew),
    review,
    redChecks: findRedChecks(facts, newest, review),
  };
}

const listCauses = ({ commands, approval, reply, redChecks }: Said, { changeRequest }: DispatchFacts) => ({
  commands,
  approval: approval.approved?.cause,
  reply: reply.cause,
  review: changeRequest && reviewCause(changeRequest.review),
  checks: redChecks.isDue ? redChecks.answer?.cause : undefined,
});
