import { REPOSITORY_NAME } from "@patchpilot/owner";
import { gt, major, minor, prerelease, rcompare } from "semver";
import type { PromoteFacts, PromotePlan, Promotion, PublishedRelease } from "./facts.ts";
import * as words from "./words.ts";

/**
 * Decides which tags move: `v1` to the highest version 1.x.y whose release is published and immutable, `v1.2` to the
 * highest 1.2.y. A tag never moves to a lower version, and a tag that no version is at is left as it is.
 */
export function decidePromotions(facts: PromoteFacts): PromotePlan {
  const versions = listVersions(facts);
  const lines = [...new Set([...versions.flatMap(listLines), ...Object.keys(facts.refs.lines)])].sort();
  const plans = lines.map((tag) => decideLine(tag, versions.filter(isIn(tag)), facts));
  const unready = versions.flatMap((version) => describeUnready(version, versions, facts));
  return {
    promotions: plans.flatMap(({ promotions }) => promotions),
    refusals: [...unready.flatMap(({ refusals }) => refusals), ...plans.flatMap(({ refusals }) => refusals)],
    notices: unready.flatMap(({ notices }) => notices),
  };
}

/** Whether a version's release is published, and nobody can change it any more. */
export const isFinal = ({ releases }: Pick<PromoteFacts, "releases">, version: string): boolean =>
  findRelease(releases, version)?.immutable === true;

function findRelease(releases: readonly PublishedRelease[], version: string): PublishedRelease | undefined {
  return releases.find(({ tag, draft }) => tag === `v${version}` && !draft);
}

/** Versions for users, the highest first: those that are made to be tried are never promoted. */
function listVersions({ refs, releases }: PromoteFacts): string[] {
  return Object.keys(refs.versions)
    .filter((version) => prerelease(version) === null)
    .filter((version) => findRelease(releases, version)?.prerelease !== true)
    .sort(rcompare);
}

const listLines = (version: string): string[] => [
  `v${major(version)}`,
  `v${major(version)}.${minor(version)}`,
];

const isIn =
  (tag: string) =>
  (version: string): boolean =>
    listLines(version).includes(tag);

function decideLine(tag: string, versions: readonly string[], facts: PromoteFacts): PromotePlan {
  const { refs } = facts;
  const from = refs.lines[tag];
  const current = Object.keys(refs.versions).find(
    (version) => refs.versions[version] === from && isIn(tag)(version),
  );
  if (from !== undefined && current === undefined) return refuse(words.forgedLine(facts, tag, from));
  const version = versions.find((each) => isFinal(facts, each));
  const to = version === undefined ? undefined : refs.versions[version];
  if (version === undefined || to === undefined) return promote();
  // What most users run is proven at each look, also if it stays. The monorepo's proof needs the release tools of its day.
  if (from === to && (tag.includes(".") || facts.repository === REPOSITORY_NAME)) return promote();
  if (current !== undefined && gt(current, version))
    return refuse(words.lowerVersion(facts, tag, current, version));
  return promote({ tag, version, to, ...(from === undefined ? {} : { from }) });
}

const refuse = (sentence: string): PromotePlan => ({ promotions: [], refusals: [sentence], notices: [] });

const promote = (...promotions: Promotion[]): PromotePlan => ({ promotions, refusals: [], notices: [] });

/** Speaks of a version that is newer than the newest that could be promoted: older ones are nobody's matter any more. */
function describeUnready(
  version: string,
  versions: readonly string[],
  facts: PromoteFacts,
): Pick<PromotePlan, "refusals" | "notices">[] {
  const final = versions.find((each) => isFinal(facts, each));
  if (isFinal(facts, version) || (final !== undefined && gt(final, version))) return [];
  const release = findRelease(facts.releases, version);
  return release === undefined
    ? [{ refusals: [], notices: [words.unpublished(facts, version)] }]
    : [{ refusals: [words.mutable(facts, version)], notices: [] }];
}
