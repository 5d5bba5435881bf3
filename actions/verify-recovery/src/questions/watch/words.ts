import { describeCount } from "@patchpilot/evidence";
import { describeInstant, describeSpan, HOUR } from "@patchpilot/time";
import type { WatchSummary } from "@patchpilot/verdict";
import type { DeploymentFact, Fix, OldCounts } from "../../facts.ts";
import { describeCommit, EXPOSURE_NOUNS } from "../../words.ts";
import { describeBefore, describeErrors, describeProof } from "../errors/words.ts";
import type { WatchFact } from "./facts.ts";

/** What was counted since a close, and before the deploy. */
export type CountedWatch = Extract<WatchFact, { state: "counted" }> & OldCounts;

/** What was counted since the close, and before the deploy, in one phrase. */
export function describeSince({ fixed, hours, sinceClose, source, before }: CountedWatch): string {
  const exposure = source === "clock" ? "" : ` and ${describeCount(fixed.E)} ${EXPOSURE_NOUNS[source]}`;
  const span = describeSpan(hours * HOUR);
  const since = sinceClose ? `in the ${span}${exposure} since the close` : `in the last ${span}${exposure}`;
  return `${describeErrors(fixed.events, fixed.c)} ${since}; ${describeBefore(before, "the fix")}`;
}

/** Which releases raise it: "Raised by 1a2b3c4 (12) and shop@4.2.0 (1, without the fix)." */
export function describeRaising({ raisedBy }: CountedWatch): string[] {
  const names = raisedBy.map(({ release, errors, fixed }) => {
    const without = fixed ? "" : ", without the fix";
    return `${release === null ? "no release that Sentry names" : shorten(release)} (${describeCount(errors)}${without})`;
  });
  return names.length === 0 ? [] : [`Raised by ${names.join(" and ")}.`];
}

const shorten = (release: string): string =>
  /^[0-9a-f]{40}$/.test(release) ? describeCommit(release) : release;

/** When a return began, as far as the counts show. */
export const describeBeginning = ({ backSince }: WatchSummary, now: number): string =>
  backSince === null ? "" : ` since about ${describeInstant(now - backSince * HOUR, now)}`;

/** What the rule itself counts, for the fold. */
export const describeAway = ({ logAway, lastHours, lastC }: WatchSummary): string =>
  `Errors in ${describeCount(lastC)} five-minute buckets of the last ${describeSpan(lastHours * HOUR)} rule out a third of the old rate: ${describeProof(logAway)}.`;

/** How production lost the fix, by what is deployed; undefined: nothing says that it did. */
export const describeRollback = (deployment: DeploymentFact | undefined): string | undefined =>
  deployment === undefined || deployment.state === "live" || deployment.state === "unknown"
    ? undefined
    : `Production no longer runs the fix. ${deployment.detail}`;

/** The same by the traffic, where no source says it. */
export function describeLoss(
  deployment: DeploymentFact | undefined,
  { share, source }: CountedWatch,
): string | undefined {
  const rollback = describeRollback(deployment);
  if (rollback !== undefined) return rollback;
  if (share === undefined || share.lately >= share.before * LOST_SHARE) return undefined;
  const percent = (of: number) => `${Math.round(of * 100)} %`;
  return `Production no longer runs the fix: releases with it have ${percent(share.lately)} of the ${EXPOSURE_NOUNS[source]} of the last day, ${percent(share.before)} before the close.`;
}

/** Releases with the fix only ever gain traffic, but for a rollback. */
const LOST_SHARE = 0.5;

/** What remains to be done about a fix that production lost. */
export function describeRedeploy(fix: Fix): string {
  const number = fix.kind === "merged" && fix.pullRequest !== null ? ` of #${fix.pullRequest}` : "";
  const commit = fix.kind === "merged" ? ` (commit ${describeCommit(fix.commit)}${number})` : "";
  return `Deploy the fix again${commit}. No attempt is opened, because nothing shows that the fix failed.`;
}
