import { createHash } from "node:crypto";
import { chooseRelease } from "./decide-need.ts";
import type { Asset, GitHubRelease, Refs } from "./facts.ts";

/** What has to be there in a repository when its release is done. */
export type Goal = {
  readonly repository: string;
  readonly version: string;
  readonly commit: string;
  /** What the push sets to the commit, such as `refs/heads/main`. */
  readonly refs: readonly string[];
  readonly body: string;
  readonly prerelease: boolean;
  readonly assets: readonly AssetFile[];
};

export type AssetFile = { readonly name: string; readonly text: string };

/** What is there. */
export type ReleaseProgress = {
  /** Whether the tag and every branch are where the goal wants them. */
  readonly pushed: boolean;
  readonly release?: GitHubRelease;
};

/** How far a repository is. */
export function seeProgress(goal: Goal, refs: Refs, releases: readonly GitHubRelease[]): ReleaseProgress {
  const there = { [`refs/tags/v${goal.version}`]: refs.versions[goal.version], "refs/heads/main": refs.main };
  const release = chooseRelease(releases);
  return {
    pushed: goal.refs.every((ref) => there[ref] === goal.commit),
    ...(release === undefined ? {} : { release }),
  };
}

/** One write. */
export type Write = { readonly goal: Goal } & (
  | { readonly kind: "push" | "draft" }
  | { readonly kind: "delete"; readonly asset: Asset }
  | { readonly kind: "upload"; readonly file: AssetFile; readonly release: GitHubRelease }
);

/** The next write that a repository needs; undefined if all is there. A published release is never touched. */
export function decideWrite(goal: Goal, { pushed, release }: ReleaseProgress): Write | undefined {
  if (!pushed) return { kind: "push", goal };
  if (release === undefined) return { kind: "draft", goal };
  if (!release.draft) return undefined;
  for (const file of goal.assets) {
    const asset = release.assets.find(({ name }) => name === file.name);
    if (asset === undefined) return { kind: "upload", goal, file, release };
    if (asset.state !== "uploaded") return { kind: "delete", goal, asset };
  }
  return undefined;
}

/** The name of an asset of the draft that is not the goal's; undefined if there is none. */
export function findOtherAsset(goal: Goal, releases: readonly GitHubRelease[]): string | undefined {
  const release = chooseRelease(releases);
  const differs = ({ name, text }: AssetFile): boolean =>
    release?.assets.some(
      (asset) => asset.name === name && asset.digest !== undefined && asset.digest !== digest(text),
    ) ?? false;
  return goal.assets.find(differs)?.name;
}

const digest = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** How a write is named: `push intake v1.0.0`. */
export function nameWrite(write: Write): string {
  const what = `${write.goal.repository} v${write.goal.version}`;
  switch (write.kind) {
    case "delete":
      return `delete the unfinished ${write.asset.name} of ${what}`;
    case "upload":
      return `upload ${write.file.name} of ${what}`;
    default:
      return `${write.kind} ${what}`;
  }
}
