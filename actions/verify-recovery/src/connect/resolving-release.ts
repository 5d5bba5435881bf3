import type { SentryRelease } from "@patchpilot/sentry";
import { HOUR } from "@patchpilot/time";
import type { VerifyFacts } from "../facts.ts";
import type { Containment } from "../questions/sources.ts";

/** Whether a commit contains a fix; undefined: not known. */
export type Holds = (fix: string, head: string) => boolean | undefined;

/** A build may be registered a little before its deployment is seen. */
const SLACK_MS = HOUR;
/** Releases asked about; the first of them after the merge is what is looked for. */
const MOST_RELEASES = 10;

/** What has to be known of the commits of releases, the oldest since the merge first. */
export function headsToAsk({ fix }: VerifyFacts, releases: readonly SentryRelease[]): Containment[] {
  if (fix.kind === "deployment") return [];
  return inOrder(releases)
    .filter((release) => findDate(release) >= fix.at - SLACK_MS)
    .flatMap(({ commit }) =>
      commit === null ? [] : [{ fix: fix.commit, head: commit, pull: fix.pullRequest }],
    )
    .slice(0, MOST_RELEASES);
}

/**
 * The oldest release that is sure to hold the fix, in the order in which Sentry compares releases without semantic
 * versions. With them, a lower version that holds the fix, too, is no regression in Sentry; the watch sees it all the
 * same. A release whose commit is not known holds the fix if it is no older than the deployment.
 *
 * @param releases of the environment, so each was seen there
 */
export function findFixingRelease(
  facts: VerifyFacts,
  releases: readonly SentryRelease[],
  holds: Holds,
): string | undefined {
  const { fix, deployment } = facts;
  const live = deployment?.state === "live" ? deployment : undefined;
  const isFixed = (release: SentryRelease): boolean => {
    const { commit } = release;
    if (commit !== null && fix.kind === "merged") return holds(fix.commit, commit) === true;
    if (commit !== null && live?.sha) return commit === live.sha;
    return live !== undefined && findDate(release) >= live.since - SLACK_MS;
  };
  return inOrder(releases).find(isFixed)?.version;
}

/** `release_order_date` in getsentry/sentry; one without a date comes last. */
const findDate = ({ dateReleased, dateCreated }: SentryRelease): number =>
  Date.parse(dateReleased ?? dateCreated ?? "") || Number.POSITIVE_INFINITY;

const inOrder = (releases: readonly SentryRelease[]): readonly SentryRelease[] =>
  releases.toSorted((one, other) => findDate(one) - findDate(other));
