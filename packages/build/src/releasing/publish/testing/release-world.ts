import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeGitHub, startFakeGitHub } from "./fake-github.ts";
import { makeRemotes, makeSmallMonorepo, type SmallMonorepo } from "./small-monorepo.ts";

/** A small monorepo, the repositories that it is released to, and GitHub. */
export type ReleaseWorld = {
  readonly monorepo: SmallMonorepo;
  readonly remotes: string;
  readonly github: FakeGitHub;
  /** Another set of repositories for the same monorepo. */
  readonly beside: () => Promise<ReleaseWorld>;
  readonly close: () => Promise<void>;
};

export async function makeReleaseWorld(): Promise<ReleaseWorld> {
  const root = mkdtempSync(join(tmpdir(), "release-world-"));
  const monorepo = makeSmallMonorepo(join(root, "monorepo"));
  makeRemotes(join(root, "remotes"), monorepo);
  return surround(root, monorepo);
}

async function surround(root: string, monorepo: SmallMonorepo): Promise<ReleaseWorld> {
  const github = await startFakeGitHub();
  const remotes = join(root, "remotes");
  return {
    monorepo,
    remotes,
    github,
    beside: async () => {
      const other = mkdtempSync(join(tmpdir(), "release-world-"));
      makeRemotes(join(other, "remotes"), monorepo);
      return surround(other, monorepo);
    },
    close: async () => {
      await github.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
