import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { callGit, type GitPlace, git } from "@patchpilot/git";
import type { ReleasedRepositories } from "./make-released-repositories.ts";

/** What `uses:` of an owner's repositories stand for. */
export type ResolvedUses = {
  /** Folders with what a repository holds, by `owner/name@ref`. */
  readonly actions: Readonly<Record<string, string>>;
  /** By `owner/name/.github/workflows/file.yml@ref`. */
  readonly calledWorkflows: Readonly<Record<string, string>>;
};

/**
 * Resolves what workflows use of an owner's repositories, and what the workflows use that they call, as GitHub's runner
 * does: a ref is a tag, a branch or a full SHA, and the commit that it names is checked out.
 * @param target folder for the checkouts
 * @throws Error in GitHub's words if a repository, a ref or a workflow is not there
 */
export async function resolveUses(
  released: Pick<ReleasedRepositories, "folder" | "owner">,
  workflows: readonly string[],
  target: string,
): Promise<ResolvedUses> {
  const actions: Record<string, string> = {};
  const calledWorkflows: Record<string, string> = {};
  const waiting = workflows.flatMap((text) => findUses(text, released.owner));
  for (let uses = waiting.pop(); uses !== undefined; uses = waiting.pop()) {
    const repository = `${uses.owner}/${uses.name}@${uses.ref}`;
    actions[repository] ??= await checkOut(released.folder, uses, join(target, repository));
    if (uses.path === "" || calledWorkflows[uses.text] !== undefined) continue;
    const text = readWorkflow(uses, join(actions[repository], uses.path));
    calledWorkflows[uses.text] = text;
    waiting.push(...findUses(text, released.owner));
  }
  return { actions, calledWorkflows };
}

/**
 * Checks out a released repository as one finds it at a ref.
 * @param target folder for the checkout
 * @throws Error in GitHub's words if it is not there
 */
export const checkOutReleased = (
  { folder, owner }: Pick<ReleasedRepositories, "folder" | "owner">,
  name: string,
  ref: string,
  target: string,
): Promise<string> => checkOut(folder, { owner, name, ref }, target);

type Uses = Readonly<Record<"text" | "owner" | "name" | "path" | "ref", string>>;

function findUses(workflow: string, wanted: string): Uses[] {
  const found = workflow.matchAll(/^[ -]*uses: *["']?(([\w.-]+)\/([\w.-]+)((?:\/[^@\s]+)?)@([^\s"'#]+))/gm);
  return Array.from(found, ([, text = "", owner = "", name = "", path = "", ref = ""]) => ({
    text,
    owner,
    name,
    path,
    ref,
  })).filter(({ owner }) => owner === wanted);
}

async function checkOut(
  repositories: string,
  uses: Pick<Uses, "owner" | "name" | "ref">,
  folder: string,
): Promise<string> {
  const gitFolder = join(repositories, `${uses.name}.git`);
  const action = `Unable to resolve action \`${uses.owner}/${uses.name}@${uses.ref}\``;
  if (!existsSync(gitFolder)) throw new Error(`${action}, repository not found`);
  mkdirSync(folder, { recursive: true });
  const place = {
    gitFolder,
    workTree: folder,
    index: `${folder}.index`,
    cwd: folder,
    path: process.env["PATH"] ?? "",
  };
  const commit = await findCommit(place, uses.ref);
  if (commit === undefined) throw new Error(`${action}, ${await describeUnknown(place, uses.ref)}`);
  await git(place, ["read-tree", commit]);
  await git(place, ["checkout-index", "--all"]);
  return folder;
}

async function findCommit(place: GitPlace, ref: string): Promise<string | undefined> {
  const names = [`refs/tags/${ref}`, `refs/heads/${ref}`, ...(/^[0-9a-f]{40}$/.test(ref) ? [ref] : [])];
  for (const name of names) {
    const commit = await parseCommit(place, name);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

async function describeUnknown(place: GitPlace, ref: string): Promise<string> {
  const commit = /^[0-9a-f]{4,39}$/.test(ref) ? await parseCommit(place, ref) : undefined;
  return commit === undefined
    ? `unable to find version \`${ref}\``
    : `the provided ref \`${ref}\` is the shortened version of a commit SHA, which is not supported. Please use the full commit SHA \`${commit}\` instead.`;
}

async function parseCommit(place: GitPlace, name: string): Promise<string | undefined> {
  const { code, output } = await callGit(place, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  return code === 0 ? output.toString().trim() : undefined;
}

function readWorkflow({ text }: Uses, path: string): string {
  if (!existsSync(path)) throw new Error(`error parsing called workflow "${text}": workflow was not found.`);
  return readFileSync(path, "utf8");
}
