import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeGitHub, startFakeGitHub } from "./fake-github.ts";
import { type Monorepo, makeRemotes, makeSmallMonorepo, type SmallMonorepo } from "./small-monorepo.ts";

/** A small monorepo, the repositories that it is released to, and GitHub. */
export type ReleaseWorld<M extends Monorepo = SmallMonorepo> = {
  readonly monorepo: M;
  readonly remotes: string;
  readonly github: FakeGitHub;
  /** Another set of repositories for the same monorepo. */
  readonly beside: () => Promise<ReleaseWorld<M>>;
  readonly close: () => Promise<void>;
};

export async function makeReleaseWorld(): Promise<ReleaseWorld> {
  const root = mkdtempSync(join(tmpdir(), "release-world-"));
  return surround(root, makeSmallMonorepo(join(root, "monorepo")));
}

/** New repositories below a folder for a monorepo. */
export async function surround<M extends Monorepo>(root: string, monorepo: M): Promise<ReleaseWorld<M>> {
  const github = await startFakeGitHub();
  const remotes = join(root, "remotes");
  makeRemotes(remotes, monorepo);
  return {
    monorepo,
    remotes,
    github,
    beside: () => surround(mkdtempSync(join(tmpdir(), "release-world-")), monorepo),
    close: async () => {
      await github.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
