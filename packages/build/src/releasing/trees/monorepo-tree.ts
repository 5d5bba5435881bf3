import { readFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseSource } from "../release-source.ts";
import { changeOwner, OWNER_ON_MAIN, type Pin, pinUses } from "./references.ts";

/** Texts of files by their paths from the root. */
export type Texts = Readonly<Record<string, string>>;

/** The workflow that users call. It runs before any commit with its own SHA can be known. */
const REPAIR = ".github/workflows/repair.yml";

/** Sources ask `@patchpilot/owner`; a lockfile names nobody's account. */
const KEPT = /\.[cm]?[jt]sx?(?:\.txt)?$|(?:^|\/)pnpm-lock\.yaml$|(?:^|\/)CHANGELOG\.md$|\.patch$/;

/**
 * The files of the first commit of a release that differ from its source: all name the owner, and the repair
 * workflow names commits.
 * @param commits of the actions, by name
 * @throws Error if an action has no commit
 */
export function writeFirstCommit(texts: Texts, source: ReleaseSource, commits: Texts): Texts {
  const { owner, actions } = source;
  const pins = pinActions(source, commits);
  return change(texts, (text, path) => {
    const own = changeOwner(text, OWNER_ON_MAIN, owner, Object.keys(actions));
    return path === REPAIR ? pinUses(own, owner, pins) : own;
  });
}

/**
 * The files of the second commit that differ from the first: what users copy names commits.
 * @param texts of the first commit
 * @param commits of the actions, by name
 * @param first the SHA of the first commit, which is where the repair workflow is
 * @throws Error if an action has no commit
 */
export function writeSecondCommit(texts: Texts, source: ReleaseSource, commits: Texts, first: string): Texts {
  const pins = {
    ...pinActions(source, commits),
    [REPOSITORY_NAME]: { commit: first, version: source.version },
  };
  return change(texts, (text) => pinUses(text, source.owner, pins));
}

/**
 * Reads the texts of a checkout that a release may change: what git knows, without sources.
 * @param path where git is looked for
 */
export async function readRewritable(folder: string, path = process.env["PATH"] ?? ""): Promise<Texts> {
  const list = await git({ cwd: folder, path }, ["ls-tree", "-r", "-z", "--name-only", "HEAD"]);
  const names = list.toString("utf8").split("\0");
  const wanted = names.filter((name) => name !== "" && !KEPT.test(name));
  const read = wanted.map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
  return Object.fromEntries(read.filter(([, text]) => !text.includes("\0")));
}

function pinActions({ actions }: ReleaseSource, commits: Texts): Record<string, Pin> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, version]) => {
      const commit = commits[name];
      if (commit === undefined)
        throw new Error(`The action ${name} has no released commit. Release it before the monorepo.`);
      return [name, { commit, version }];
    }),
  );
}

function change(texts: Texts, rewrite: (text: string, path: string) => string): Texts {
  const pairs = Object.entries(texts).map(([path, text]) => [path, rewrite(text, path)] as const);
  return Object.fromEntries(pairs.filter(([path, text]) => text !== texts[path]));
}
