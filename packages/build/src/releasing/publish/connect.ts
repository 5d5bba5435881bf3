import type { GitPlace, Remote } from "@patchpilot/git";
import { connectGit } from "./connect-git.ts";
import { connectReleases, type Publisher } from "./connect-releases.ts";
import type { ReleaseProgress } from "./decide-write.ts";
import type { Asset } from "./facts.ts";
import type { ReleasePorts } from "./ports.ts";

/** The repositories below a prefix, and GitHub's API. */
export function connectRelease(
  place: GitPlace,
  remote: Remote,
  account: Publisher,
  report: (line: string) => void,
): ReleasePorts {
  const remotes = connectGit(place, remote);
  const releases = connectReleases(account);
  return {
    place,
    readRefs: remotes.readRefs,
    fetch: remotes.fetch,
    readReleases: releases.read,
    report,
    write: async (write, before) => {
      const { repository, commit, refs } = write.goal;
      switch (write.kind) {
        case "push":
          await remotes.push(repository, commit, refs);
          return { ...before, pushed: true };
        case "draft":
          return { ...before, release: await releases.createDraft(write.goal) };
        case "delete":
          await releases.remove(repository, write.asset);
          return withAssets(before, (assets) => assets.filter(({ id }) => id !== write.asset.id));
        case "upload": {
          const asset = await releases.upload(write.release, write.file);
          return withAssets(before, (assets) => [...assets, asset]);
        }
      }
    },
  };
}

function withAssets(
  before: ReleaseProgress,
  change: (assets: readonly Asset[]) => readonly Asset[],
): ReleaseProgress {
  const { release } = before;
  return release === undefined
    ? before
    : { ...before, release: { ...release, assets: change(release.assets) } };
}
