import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { Promotion } from "./facts.ts";

type Place = { readonly owner: string; readonly repository: string };

const address = ({ owner, repository }: Place): string => `${owner}/${repository}`;

const releasesPage = (place: Place): string => `https://github.com/${address(place)}/releases`;

export const unpublished = (place: Place, version: string): string =>
  `${address(place)} v${version} is not published. Publish its draft: ${releasesPage(place)}`;

export const mutable = (place: Place, version: string): string =>
  `${address(place)} v${version} is published, but its tag and files can still be changed. Turn on immutable releases in the settings of the repository, and release a higher version.`;

export const forgedLine = (place: Place, tag: string, sha: string): string =>
  `${tag} of ${address(place)} is at ${sha}, which no version of that line names. Find out who moved it, set it back to a released version, and promote again.`;

export const lowerVersion = (place: Place, tag: string, current: string, version: string): string =>
  `${tag} of ${address(place)} is at v${current}, and v${version} is the highest that is published and immutable. A tag is never moved to a lower version: to take v${current} back, release a higher one.`;

export const unproven = (place: Place, { tag, version, from, to }: Promotion, why: string): string =>
  from === to
    ? `${tag} of ${address(place)} names v${version}, which is not proven. ${why}`
    : `${address(place)} v${version} is not promoted. ${why}`;

export const unprovenPin = (pinned: Place, version: string, why: string): string =>
  `It pins ${address(pinned)} v${version}, which cannot be promoted. ${why}`;

export const notFinal = "Its release is not published, or its tag and files can still be changed.";

export const moved = (place: Place, tag: string, version: string, dryRun: boolean): string =>
  `${tag} of ${address(place)} ${dryRun ? "would be" : "is now"} v${version}`;

export const notOnMain = (owner: string, commit: string): string =>
  `It says that it is built from ${commit}, which is not on main of ${owner}/${REPOSITORY_NAME}.`;

export const otherHome = (repository: string, home: string): string =>
  `It says that it is made in ${repository}, and not in ${home}.`;

export const otherMonorepo = (source: string, made: string): string =>
  `A release of ${source} with the same pins makes the commit ${made}. If the release tools have changed since, promote from ${source}; else find out who pushed the tag.`;

export const noMonorepoRelease = (place: Place, version: string): string =>
  `The tag v${version} of ${address(place)} was not made by a release: its commit does not say what it was made from.`;

export const noRepository = (place: Place): string =>
  `${address(place)} is no action of this checkout. Promote from a checkout that has it.`;

export const otherVersion = (commit: string, said: string | undefined): string =>
  `It says that it is built from ${commit}, where the action has the version ${said ?? "(none)"}. Find out who pushed the tag, and release a higher version.`;

export const notMoved = (place: Place, failure: string): string =>
  `${failure} The tags of ${address(place)} are where they were. Promote again.`;

export const nobodyKnows = (place: Place, failure: string): string =>
  `${failure} Where the tags of ${address(place)} are now could not be read. Promote again: it looks first.`;
