import { REPOSITORY_NAME } from "@patchpilot/owner";
import { gt, prerelease, valid } from "semver";
import type { GitHubRelease, Need, ReleaseFacts, Tagged } from "./facts.ts";
import * as words from "./words.ts";

/** Name of the bill of materials among a release's assets. */
export const SBOM = "sbom.cdx.json";

/** What an action's repository needs for the version of its package to be released, from this commit or another. */
export function decideAction(facts: ReleaseFacts): Need {
  const refusal = refuseVersion(facts) ?? refuseTag(facts);
  if (refusal !== undefined) return { kind: "refuse", sentence: refusal };
  const { tagged, candidate = "", source } = facts;
  if (tagged === undefined || tagged.sha === candidate) return { kind: "release", commit: candidate, source };
  if (isComplete(facts.releases)) return keep(facts, tagged);
  if (tagged.differing.length > 0) return { kind: "refuse", sentence: words.unfinished(facts, tagged) };
  return { kind: "release", commit: tagged.sha, source: sourceCommit(tagged) ?? source, time: tagged.time };
}

/**
 * What the repository needs that all is developed in.
 * @param released actions whose version is released from this commit
 */
export function decideMonorepo(facts: ReleaseFacts, released: readonly string[]): Need {
  const refusal = refuseVersion(facts) ?? refuseTag(facts);
  if (refusal !== undefined) return { kind: "refuse", sentence: refusal };
  const { tagged, candidate = "", source } = facts;
  if (tagged === undefined || tagged.sha === candidate) return { kind: "release", commit: candidate, source };
  if (released.length > 0) return { kind: "refuse", sentence: words.rootVersion(facts, released) };
  return facts.releases.length > 0
    ? { kind: "keep", commit: tagged.sha }
    : { kind: "release", commit: tagged.sha, source: sourceCommit(tagged) ?? source, time: tagged.time };
}

/** The commit that the tag's message says it is released from. */
const sourceCommit = (tagged: Tagged): string | undefined => tagged.message?.source.commit;

/** The release that counts if there are several of one tag: the published one, or the oldest draft. */
export function chooseRelease(releases: readonly GitHubRelease[]): GitHubRelease | undefined {
  const sorted = releases.toSorted((one, other) => one.id - other.id);
  return sorted.find(({ draft }) => !draft) ?? sorted[0];
}

/** Whether a version is made to be tried, such as 1.1.0-rc.1. */
export const isPrerelease = (version: string): boolean => prerelease(version) !== null;

function keep(facts: ReleaseFacts, tagged: Tagged): Need {
  const notice = tagged.differing.length > 0 ? words.unreleasedChange(facts, tagged) : undefined;
  return { kind: "keep", commit: tagged.sha, ...(notice === undefined ? {} : { notice }) };
}

function isComplete(releases: readonly GitHubRelease[]): boolean {
  const release = chooseRelease(releases);
  if (release === undefined) return false;
  return !release.draft || release.assets.some(({ name, state }) => name === SBOM && state === "uploaded");
}

function refuseVersion(facts: ReleaseFacts): string | undefined {
  const { version, newest } = facts;
  if (valid(version) !== version) return words.oddVersion(facts);
  if (version === "0.0.0") return words.noVersion(facts);
  return newest !== undefined && gt(newest, version) ? words.downgrade(facts, newest) : undefined;
}

function refuseTag(facts: ReleaseFacts): string | undefined {
  const { tagged, mainFits, candidate, source } = facts;
  if (tagged !== undefined) {
    if (!tagged.plain || !isOwn(facts, tagged)) return words.forged(facts);
    if (!tagged.intact) return words.tampered(facts);
    if (sourceCommit(tagged) === source && tagged.sha !== candidate)
      return words.otherTree(facts, tagged.differing);
  }
  return mainFits ? undefined : words.foreignMain(facts);
}

/** Whether the message is one that a release of this repository and version writes. */
const isOwn = ({ owner, repository, version }: ReleaseFacts, { message }: Tagged): boolean =>
  message?.repository === repository &&
  message.version === version &&
  message.source.repository === `${owner}/${REPOSITORY_NAME}`;
