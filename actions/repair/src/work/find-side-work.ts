import { join } from "node:path";
import { MINUTE } from "@patchpilot/time";
import type { LeftOuts } from "../patch/left-out.ts";
import { lookAtFile, readBeginning } from "../patch/look-at-file.ts";
import { type Heads, readBranches } from "../patch/read-branches.ts";
import { takeTreeOf } from "../patch/snapshot.ts";
import { toUtf8, type Vault } from "../patch/vault.ts";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand, type Sandbox } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import { removeFolders } from "../step/remove-folders.ts";
import type { Scratch } from "../step/scratch.ts";

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

/** The agent's repository: its git folder, and what runs git there, behind the same wall as the agent. */
export type AgentGit = { readonly folder: string; readonly run: AskGit };

type AskGit = (title: string, script: string) => Promise<Ended>;

/** Milliseconds for one question: whatever the agent has set there runs, too. */
const PATIENCE = 2 * MINUTE;

/** @param sandbox in which the agent works */
export const openAgentGit = (
  { ownGit }: Sandbox,
  { agentGit }: Pick<Scratch, "agentGit">,
  { source }: Vault,
  commands: CommandRunner,
): AgentGit => ({
  folder: ownGit ? agentGit : source,
  run: (title, script) => commands.run(title, makeBashCommand(script), "agent", PATIENCE),
});

/**
 * Looks for what an agent did beside the checkout: in a git work tree inside of it, or on its own branches.
 * @param newly what the call left in the checkout that is no part of the patch
 * @param isUnchanged whether the checkout itself is as it was: only then is other work taken for the change
 */
export async function findSideWork(
  vault: Vault,
  git: AgentGit,
  before: Heads,
  newly: LeftOuts,
  isUnchanged: boolean,
): Promise<SideWork> {
  const trees = [...newly.keys()].filter((path) => isWorkTree(vault, path));
  if (isUnchanged && trees.length > 0) return takeFromWorkTrees(vault, trees);
  const now = readBranches(git.folder);
  const fresh = [...now].filter(
    ([name, oid]) =>
      name !== "HEAD" && oid !== vault.base && oid !== now.get("HEAD") && before.get(name) !== oid,
  );
  const commits = fresh.filter(([name]) => name !== "stash");
  if (commits.length === 0)
    return isUnchanged && fresh.length > 0
      ? { ...NOTHING, sentences: [describeLeft("in `git stash`")] }
      : NOTHING;
  const tips = await findTips(vault, git, new Set(commits.map(([, oid]) => oid)));
  const names = commits.flatMap(([name, oid]) =>
    tips.includes(oid) ? [`\`${name.slice("heads/".length)}\``] : [],
  );
  if (tips.length === 0) return NOTHING;
  const [tip = ""] = tips;
  const tree = isUnchanged && tips.length === 1 ? await readCommit(vault, git, tip) : undefined;
  const place = `on ${names.join(", ")}`;
  if (tree === undefined) return { ...NOTHING, sentences: [describeLeft(place)] };
  return { tree, removed: [], sentences: [describeTaken(place)] };
}

const describeLeft = (place: string): string =>
  `The agent left work ${place}, which is not part of the patch.`;
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
async function findTips(vault: Vault, git: AgentGit, commits: ReadonlySet<string>): Promise<string[]> {
  const script = [
    `for commit in ${[...commits].join(" ")}; do`,
    `  if git merge-base --is-ancestor ${vault.base} $commit && ! git merge-base --is-ancestor $commit HEAD; then echo $commit; fi`,
    "done | xargs -r git merge-base --independent",
  ].join("\n");
  const { stdout } = await git.run("Look for the agent's commits", script);
  return stdout.split("\n").filter((line) => commits.has(line));
}

/**
 * Has git, in the sandbox, put a commit into a folder, and reads the files there: nothing is read from a git folder
 * that is not ours.
 */
async function readCommit(vault: Vault, git: AgentGit, commit: string): Promise<string | undefined> {
  const folder = join(vault.workTree, PLACE);
  if (lookAtFile(vault.workTree, PLACE) !== undefined) return undefined;
  try {
    const put = `git worktree add --quiet --detach ${PLACE} ${commit}`;
    const { code } = await git.run("Put the agent's commit into a folder", put);
    if (code !== 0 || !lookAtFile(vault.workTree, PLACE)?.isDirectory()) return undefined;
    return await takeTreeOf(vault, folder);
  } finally {
    await removeFolders([folder]);
    await git.run("Forget that folder", "git worktree prune");
  }
}
