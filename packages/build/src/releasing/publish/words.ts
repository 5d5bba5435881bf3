import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseFacts, Tagged } from "./facts.ts";

const address = ({ owner, repository }: ReleaseFacts): string => `${owner}/${repository}`;
const tag = (facts: ReleaseFacts): string => `${address(facts)} v${facts.version}`;

/** The files that differ, at most five. */
const list = (paths: readonly string[]): string =>
  `${paths.slice(0, 5).join(", ")}${paths.length > 5 ? ` and ${paths.length - 5} more` : ""}`;

export const oddVersion = ({ repository, version }: ReleaseFacts): string =>
  `The version ${version} of ${repository} is no semantic version. Write one such as 1.2.0 to its package.json.`;

export const noVersion = ({ repository }: ReleaseFacts): string =>
  `${repository} has version 0.0.0, which is never released. Run \`npm run release:version\`, and commit what it writes.`;

export const downgrade = (facts: ReleaseFacts, newest: string): string =>
  `${tag(facts)} is lower than v${newest}, which is released. Raise the version with \`npm run release:version\`.`;

export const forged = (facts: ReleaseFacts): string =>
  `The tag of ${tag(facts)} was not made by a release: its commit does not say what it was built from. Find out who pushed it, delete it, and run the release again.`;

export const tampered = (facts: ReleaseFacts): string =>
  `The dist of ${tag(facts)} does not have the digest that its commit names. Find out who pushed the tag, delete it, and run the release again.`;

export const otherTree = (facts: ReleaseFacts, differing: readonly string[]): string =>
  `${tag(facts)} says that it was built from ${facts.source}, but this build makes another commit${
    differing.length > 0 ? ` (${list(differing)})` : ""
  }. Find out who pushed the tag or what changes the build, and raise the version.`;

export const foreignMain = (facts: ReleaseFacts): string =>
  facts.repository === REPOSITORY_NAME
    ? `The commit ${facts.source} is not on main of ${address(facts)}. Push it to main first.`
    : `main of ${address(facts)} has commits that no release made. Set it back to the commit of v${facts.newest}, and run the release again.`;

export const unfinished = (facts: ReleaseFacts, tagged: Tagged): string =>
  `The release of ${tag(facts)} was not finished, and this build differs from it (${list(tagged.differing)}). Run the release of ${tagged.message?.source.commit} again, or raise the version.`;

export const rootVersion = (facts: ReleaseFacts, released: readonly string[]): string =>
  `${tag(facts)} is released from another commit and pins earlier versions of ${released.join(", ")}. Raise \`version\` in package.json with \`npm run release:version\`.`;

export const unreleasedChange = (facts: ReleaseFacts, tagged: Tagged): string =>
  `${facts.repository} differs from ${tag(facts)} (${list(tagged.differing)}), but its version did not change: it is left as it is.`;

export const severalReleases = (facts: ReleaseFacts): string =>
  `${tag(facts)} has ${facts.releases.length} releases. Publish the oldest draft, and delete the others.`;

export const otherAsset = (facts: ReleaseFacts, name: string): string =>
  `The draft of ${tag(facts)} holds another ${name}. Delete it there, and run the release again.`;
