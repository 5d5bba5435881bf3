import type { Line } from "@patchpilot/action-kit";
import type { PublishedProof } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { ATTEMPT_REASONS } from "@patchpilot/status";
import type { AttemptNews, ProposePorts, Unshown } from "../ports.ts";
import type { Reported } from "../read-result.ts";
import type { Attempt } from "./attempt-inputs.ts";

/** What this run knows of an attempt beside its phase. */
type Known = { readonly reported: Reported; readonly proof: PublishedProof | undefined };

/** Its pull request is there, and a person reviews it. */
export const waitsForReview = (
  pullRequest: { readonly number: number; readonly url: string },
  known: Known,
): AttemptNews => ({
  phase: "proposed",
  reason: ATTEMPT_REASONS.review,
  pullRequest: pullRequest.number,
  pullRequestUrl: pullRequest.url,
  ...describeWork(known),
});

/** Nothing is published before a person says so. */
export const waitsForWord = (known: Known): AttemptNews => ({
  phase: "working",
  needs: "publish",
  reason: ATTEMPT_REASONS.publish,
  ...describeWork(known),
});

/** The run ends without a pull request; what follows is for `dispatch` to decide, which knows how many attempts are left. */
export const PUBLISHED_NOTHING: AttemptNews = { phase: "requeued", reason: ATTEMPT_REASONS.unpublished };

/** The work job says how long it took and what it cost; code under test may have said so in its name. */
function describeWork({ reported: { result }, proof }: Known): Partial<AttemptNews> {
  const usd = result?.costUsd ?? undefined;
  return omitUndefined({ proof, seconds: result?.seconds, usd });
}

/**
 * Brings the incident's issue up to date. The pull request is there already, so what goes wrong here is said in one
 * line, and the next run of `dispatch` mends it.
 */
export async function showOnIssue(
  { name, repository }: Attempt,
  news: AttemptNews,
  ports: ProposePorts,
): Promise<Line[]> {
  const { issue, attempt } = name;
  const unshown = await ports
    .showAttempt({ repository, issue, attempt }, { ...news, runId: ports.run.id, runUrl: ports.runUrl })
    .catch((error: unknown): Unshown => ({ why: error instanceof Error ? error.message : String(error) }));
  if (unshown === undefined) return [];
  const { why, isRefused } = unshown;
  const text = `#${issue} does not show this yet (${why.replace(/\.$/, "")}); the next run of \`dispatch\` brings it up to date.`;
  return [{ level: isRefused ? "warning" : "info", text }];
}
