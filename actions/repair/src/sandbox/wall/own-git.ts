import { cp, lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { askGit, callGit } from "@patchpilot/git";
import { listModules } from "./list-modules.ts";

/** Paths behind the wall, where commands cannot write above. */
const PLACE = "/patchpilot-git";
export const OBJECTS = `${PLACE}/objects`;
/** Its own git folder, where the checkout's `.git` is a file that points to one. */
export const POINTED_TO = `${PLACE}/own`;
export const placeModule = (name: string): string => `${PLACE}/modules/${name}/objects`;
/** @param folder a git folder of the caller's own */
export const findPointer = (folder: string): string => join(dirname(folder), "pointer");

/** A checkout before anything of its repository has run. */
export type CleanCheckout = {
  /** The repository's git folder. */
  readonly source: string;
  /** Where HEAD and the index are: in a linked work tree not the same. */
  readonly head: string;
  readonly workTree: string;
  readonly path: string;
};

/**
 * Makes the git folders that commands behind the wall have in the place of the checkout's: with its HEAD, refs and index,
 * and without its configuration, hooks and logs, which may hold tokens. Objects are borrowed, for a repository may have
 * gigabytes of them. Commits, settings and hooks of the commands stay there, and nothing outside of the wall obeys them.
 * @param folders one for each who has its own
 */
export async function makeOwnGits(checkout: CleanCheckout, folders: readonly string[]): Promise<void> {
  const [first = "", ...others] = folders;
  await fill(checkout, first, OBJECTS);
  if (checkout.source === join(checkout.workTree, ".git"))
    for (const name of listModules(checkout.source)) {
      const module = join(checkout.source, "modules", name);
      const around = { ...checkout, source: module, head: module };
      await fill(around, join(first, "modules", name), placeModule(name), await readWorkTree(around));
    }
  await writeFile(findPointer(first), `gitdir: ${POINTED_TO}\n`);
  for (const other of others) await cp(first, other, { recursive: true });
}

async function fill(checkout: CleanCheckout, folder: string, objects: string, workTree?: string) {
  const { source, head } = checkout;
  for (const part of ["objects/info", "refs/heads", "info"])
    await mkdir(join(folder, part), { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write("config", composeConfig(workTree));
  await write("objects/info/alternates", `${objects}\n`);
  await write("packed-refs", await listRefs(checkout));
  await write("HEAD", await readHead(checkout));
  const shared = (await readdir(head)).filter((name) => name.startsWith("sharedindex."));
  for (const name of ["index", ...shared, "info/sparse-checkout"]) await copyPlain(head, name, folder);
  for (const name of ["shallow", "info/exclude", "info/attributes"]) await copyPlain(source, name, folder);
}

/** @param workTree of a submodule */
const composeConfig = (workTree?: string): string =>
  [
    ...["[core]", "\trepositoryformatversion = 0", "\tbare = false", "\tlogallrefupdates = true"],
    ...(workTree === undefined ? [] : [`\tworktree = ${JSON.stringify(workTree)}`]),
    "",
  ].join("\n");

async function listRefs({ source, workTree, path }: CleanCheckout): Promise<string> {
  const format = "--format=%(objectname) %(refname)";
  return (
    await callGit({ gitFolder: source, cwd: workTree, path }, ["for-each-ref", format])
  ).output.toString("utf8");
}

async function readHead({ head, source, workTree, path }: CleanCheckout): Promise<string> {
  const text = await readFile(join(head, "HEAD"), "utf8");
  if (/^(ref: refs\/heads\/(?!\.)\S+|[0-9a-f]{40})\s*$/.test(text)) return text;
  return `${await askGit({ gitFolder: source, cwd: workTree, path }, ["rev-parse", "HEAD"])}\n`;
}

async function readWorkTree({ source, workTree, path }: CleanCheckout): Promise<string> {
  const args = ["config", "--file", join(source, "config"), "--get", "core.worktree"];
  const { output } = await callGit({ cwd: workTree, path }, args);
  return output.toString("utf8").trim() || `../${basename(source)}`;
}

/** Links are none of a git folder's files. */
async function copyPlain(from: string, name: string, to: string): Promise<void> {
  const found = await lstat(join(from, name)).catch(() => undefined);
  if (found?.isFile()) await cp(join(from, name), join(to, name));
}
