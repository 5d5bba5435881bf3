import { join } from "node:path";
import type { LeftOuts } from "../patch/left-out.ts";
import { lookAtFile, readBeginning } from "../patch/look-at-file.ts";
import { type Heads, readBranches } from "../patch/read-branches.ts";
import { takeTreeOf } from "../patch/snapshot.ts";
import { toUtf8, type Vault } from "../patch/vault.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import { removeFolders } from "../step/remove-folders.ts";

/** Where an agent that left the checkout as it was has worked. */
export type SideWork = {
  /** The base commit with its work, if there is exactly one. */
  readonly tree?: string;
  /** Paths of work trees that are gone now, for their work is taken. */
  readonly removed: readonly string[];
  /** What was taken from where, or what was not. */
  readonly sentences: readonly string[];
};

const NOTHING: SideWork = { removed: [], sentences: [] };

/** Where commits of a branch are looked at; inside the checkout, where every sandbox reaches it. */
const PLACE = ".patchpilot-side-work";

/**
 * Looks for what an agent did beside the checkout: in a git work tree inside of it, or on its own branches.
 * @param newly what the call left in the checkout that is no part of the patch
 * @param isUnchanged whether the checkout itself is as it was: only then is other work taken for the change
 */
export async function findSideWork(
  vault: Vault,
  commands: CommandRunner,
  before: Heads,
  newly: LeftOuts,
  isUnchanged: boolean,
): Promise<SideWork> {
  const trees = [...newly.keys()].filter((path) => isWorkTree(vault, path));
  if (isUnchanged && trees.length > 0) return takeFromWorkTrees(vault, trees);
  const now = readBranches(vault.source);
  const fresh = [...now].filter(
    ([name, oid]) =>
      name !== "HEAD" && oid !== vault.base && oid !== now.get("HEAD") && before.get(name) !== oid,
  );
  const commits = fresh.filter(([name]) => name !== "stash");
  if (commits.length === 0)
    return isUnchanged && fresh.length > 0
      ? { ...NOTHING, sentences: [describeLeft("in `git stash`")] }
      : NOTHING;
  const tips = await findTips(vault, commands, new Set(commits.map(([, oid]) => oid)));
  const names = commits.flatMap(([name, oid]) =>
    tips.includes(oid) ? [`\`${name.slice("heads/".length)}\``] : [],
  );
  if (tips.length === 0) return NOTHING;
  const [tip = ""] = tips;
  const tree = isUnchanged && tips.length === 1 ? await readCommit(vault, commands, tip) : undefined;
  const place = `on ${names.join(", ")}`;
  if (tree === undefined) return { ...NOTHING, sentences: [describeLeft(place)] };
  return { tree, removed: [], sentences: [describeTaken(place)] };
}

const describeLeft = (place: string): string =>
  `The agent left work ${place}, which is no part of the patch.`;
const describeTaken = (place: string): string =>
  `The agent left the checkout as it was and worked ${place}; that work is its change.`;

/** Whether a folder is a work tree of a repository, and no repository. */
const isWorkTree = ({ workTree }: Vault, path: string): boolean =>
  path.endsWith("/") &&
  /^gitdir: .*\/worktrees\//.test(readBeginning(workTree, `${path}.git`, 4_096)?.toString("latin1") ?? "");

async function takeFromWorkTrees(vault: Vault, paths: readonly string[]): Promise<SideWork> {
  const base = (await vault.git(["rev-parse", `${vault.base}^{tree}`])).toString("latin1").trim();
  const works = new Map<string, string>();
  for (const path of paths) {
    const tree = await takeTreeOf(vault, join(vault.workTree, toUtf8(path)));
    if (tree !== base) works.set(tree, toUtf8(path).replace(/\/$/, ""));
  }
  const place = `in ${[...works.values()].join(", ")}`;
  if (works.size !== 1) return { ...NOTHING, sentences: works.size === 0 ? [] : [describeLeft(place)] };
  const [tree] = works.keys();
  await removeFolders(paths.map((path) => join(vault.workTree, toUtf8(path))));
  return { tree: tree ?? "", removed: paths, sentences: [describeTaken(place)] };
}

/** The commits that come from the base, and that neither the checkout nor another of them has already. */
async function findTips(
  vault: Vault,
  commands: CommandRunner,
  commits: ReadonlySet<string>,
): Promise<string[]> {
  const script = [
    `for commit in ${[...commits].join(" ")}; do`,
    `  if git merge-base --is-ancestor ${vault.base} $commit && ! git merge-base --is-ancestor $commit HEAD; then echo $commit; fi`,
    "done | xargs -r git merge-base --independent",
  ].join("\n");
  const { stdout } = await commands.run("Look for the agent's commits", makeBashCommand(script), "tests");
  return stdout.split("\n").filter((line) => commits.has(line));
}

/**
 * Has git, in the sandbox, put a commit into a folder, and reads the files there: nothing is read from a git folder
 * that is not ours.
 */
async function readCommit(
  vault: Vault,
  commands: CommandRunner,
  commit: string,
): Promise<string | undefined> {
  const folder = join(vault.workTree, PLACE);
  if (lookAtFile(vault.workTree, PLACE) !== undefined) return undefined;
  try {
    const put = makeBashCommand(`git worktree add --quiet --detach ${PLACE} ${commit}`);
    const { code } = await commands.run("Put the agent's commit into a folder", put, "tests");
    if (code !== 0 || !lookAtFile(vault.workTree, PLACE)?.isDirectory()) return undefined;
    return await takeTreeOf(vault, folder);
  } finally {
    await removeFolders([folder]);
    const forget = makeBashCommand("git worktree prune");
    await commands.run("Forget that folder", forget, "tests");
  }
}
