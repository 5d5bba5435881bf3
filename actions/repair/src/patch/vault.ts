import { constants, existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { callGit, GitFailure, type GitPlace, git, type TreeFile } from "@patchpilot/git";
import { sayDiskIsFull } from "../process/disk-full.ts";
import { type Conversions, gatherAttributes, gatherIgnoreRules, type RulesFile } from "./gather-rules.ts";

/**
 * The base commit, copied out of the checkout before anything of the repository runs. What happens to the checkout's
 * own git folder afterwards (commits, hooks, configuration, or that it is gone) changes nothing here.
 */
export type Vault = {
  readonly base: string;
  readonly workTree: string;
  /** Git on the copy, without a work tree. */
  readonly git: CallGit;
  /**
   * Git on the copy and the checkout's files, with an index of this name.
   * @param workTree another folder with files of the repository
   */
  readonly gitOn: (index: string, workTree?: string) => CallGit;
  /** Git on the copy and an index alone: nothing that stands in the checkout can hold it up. */
  readonly gitAside: Vault["gitOn"];
  readonly call: (index: string, ...call: Parameters<CallGit>) => ReturnType<typeof callGit>;
  /** The checkout's own git folder: what lies there after a command has run is anybody's. */
  readonly source: string;
  /** Where HEAD and the index are: in a linked work tree not the same. */
  readonly head: string;
  /** Where git is looked for, as in `PATH`. */
  readonly path: string;
  /** `core.fileMode` is off in the checkout: its disk does not keep which files are programs. */
  readonly losesModes: boolean;
  /** Has git read files as the checkout holds them. */
  readonly convert: (conversions: Conversions) => void;
  /** File with what the base commit ignores, for `--exclude-from`. */
  readonly ignoreFile: string;
  /** Names at the top of the base commit, files and folders. */
  readonly names: ReadonlySet<string>;
  /** The base commit's plain files and programs, without links and submodules. */
  readonly files: readonly BaseFile[];
  /** All that the base commit holds, by paths of one character a byte. */
  readonly entries: ReadonlyMap<string, TreeFile>;
  /** The folders of those, without a slash at their end. */
  readonly folders: ReadonlySet<string>;
  /** Whether a rule of the base commit names a filter. */
  readonly hasFilters: boolean;
};

export type CallGit = (args: readonly string[], input?: Uint8Array | string) => Promise<Buffer>;

type BaseFile = { readonly oid: string; readonly path: string };

type Request = {
  readonly workspace: string;
  /** Folder that does not exist yet. */
  readonly folder: string;
  /** undefined: whatever is checked out. */
  readonly base: string | undefined;
  readonly path: string;
};

/**
 * Copies the objects of the checkout's repository and nothing else of it.
 * @throws Error with a sentence where the workspace is no checkout, or one of another commit than `base`.
 */
export async function openVault({ workspace, folder, base: wanted, path }: Request): Promise<Vault> {
  const { source, head, commit: base } = await checkHead(workspace, wanted, path);
  // Not in the checkout: git would look there for attributes, and a pipe of that name never ends.
  const here: GitPlace = { gitFolder: folder, cwd: folder, path };
  const init = ["init", "--quiet", "--template=", "--object-format=sha1", "--bare", folder];
  await ask({ cwd: dirname(folder), path }, init);
  await copyObjects(source, join(folder, "objects"));
  if (existsSync(join(source, "shallow"))) await cp(join(source, "shallow"), join(folder, "shallow"));
  const ignoreFile = join(folder, "ignored");
  const { ignored, attributes, ...known } = await readRules(here, base);
  const rules = { ignored, "info/exclude": ignored, "info/attributes": gatherAttributes(attributes) };
  const settle = await keepSettled(folder, workspace, rules);
  const on = (index: string): GitPlace => ({ ...here, workTree: workspace, index: join(folder, index) });
  return {
    ...{ ...known, base, source, head, path },
    losesModes: await readLosesModes(workspace, path),
    workTree: workspace,
    ignoreFile,
    convert: (conversions) => {
      rules["info/attributes"] = gatherAttributes(attributes, conversions);
    },
    git: async (args, input) => ask(here, args, input),
    gitOn:
      (index, workTree = workspace) =>
      async (args, input) => {
        await settle();
        return ask({ ...on(index), cwd: workTree, workTree }, args, input);
      },
    gitAside: (index) => async (args, input) => {
      await settle();
      return ask({ ...on(index), cwd: folder, workTree: folder }, args, input);
    },
    call: async (index, args, input) => {
      await settle();
      return callGit(on(index), args, input);
    },
  };
}

/**
 * Whoever runs as this account could reach the copy's files, or put another folder in the checkout's place.
 * @returns what puts the files back before a call of git, and checks the place
 */
async function keepSettled(
  folder: string,
  workspace: string,
  files: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const made = await readFile(join(folder, "config"), "utf8");
  const config = made.replace("bare = true", "bare = false");
  const place = await realpath(workspace);
  return async () => {
    if ((await realpath(workspace).catch(() => "")) !== place)
      throw new Error(`The checkout ${workspace} is gone, or something else is in its place.`);
    await removeStrangers(folder);
    await mkdir(join(folder, "info"), { recursive: true });
    const all = Object.entries({ ...files, config });
    await Promise.all(all.map(([name, text]) => writeFile(join(folder, name), text)));
  };
}

/** @throws DiskFull if that is why git failed. */
async function ask(...call: Parameters<typeof git>): Promise<Buffer> {
  try {
    return await git(...call);
  } catch (error) {
    if (error instanceof GitFailure) sayDiskIsFull(error.complaint);
    throw error;
  }
}

/** What git reads of the copy, but for the files that are written anew each time. */
const OWN = /^(HEAD|objects|refs|shallow|\w+\.index)$/;

/** Takes away whatever else lies in the copy, such as configuration, or a pointer to another folder. */
async function removeStrangers(folder: string): Promise<void> {
  const strangers = (await readdir(folder)).filter((name) => !OWN.test(name));
  await Promise.all(strangers.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** @returns the git folders of the checkout, and the commit that it is at */
async function checkHead(
  workspace: string,
  base: string | undefined,
  path: string,
): Promise<Pick<Vault, "source" | "head"> & { readonly commit: string }> {
  const reply = await callGit({ cwd: workspace, path }, [
    "rev-parse",
    "--git-common-dir",
    "--absolute-git-dir",
    "--show-toplevel",
    "HEAD",
  ]);
  const [gitFolder = "", head = "", top = "", commit = ""] = reply.output.toString("utf8").trim().split("\n");
  const remedy =
    "Check it out with actions/checkout before this step, with `ref:` set to the commit of `base-sha` if you pass one.";
  if (reply.code !== 0) throw new Error(`${workspace} is not a checkout of a commit. ${remedy}`);
  if (resolve(top) !== resolve(workspace))
    throw new Error(
      `${workspace} is inside the checkout ${top}; this action works on whole checkouts. ${remedy}`,
    );
  if (base !== undefined && commit !== base)
    throw new Error(`The checkout is at ${commit}, not at \`base-sha\` ${base}. ${remedy}`);
  return { source: isAbsolute(gitFolder) ? gitFolder : join(workspace, gitFolder), head, commit };
}

async function readLosesModes(workspace: string, path: string): Promise<boolean> {
  const reply = await callGit({ cwd: workspace, path }, ["config", "--type=bool", "--get", "core.fileMode"]);
  return reply.output.toString("latin1").trim() === "false";
}

/** Copies object files; where they are borrowed from another repository, those too. */
async function copyObjects(source: string, target: string, depth = 0): Promise<void> {
  const from = depth === 0 ? join(source, "objects") : source;
  try {
    await cp(from, target, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !/\/objects\/info\/(http-)?alternates$/.test(path),
    });
  } catch (error) {
    sayDiskIsFull(error);
    throw error;
  }
  const alternates = join(from, "info", "alternates");
  if (depth > 4 || !existsSync(alternates)) return;
  for (const line of (await readFile(alternates, "utf8")).split("\n").filter((each) => each !== ""))
    await copyObjects(isAbsolute(line) ? line : join(from, line), target, depth + 1);
}

/** What the objects of a commit say about the handling of its files. */
type Rules = Pick<Vault, "names" | "files" | "entries" | "folders" | "hasFilters"> & {
  readonly ignored: string;
  readonly attributes: readonly RulesFile[];
};

async function readRules(here: GitPlace, base: string): Promise<Rules> {
  const entries = await readEntries(here, base);
  const files = [...entries].flatMap(([path, { mode, oid }]): BaseFile[] =>
    mode.startsWith("100") ? [{ oid, path: toUtf8(path) }] : [],
  );
  const texts = await Promise.all(
    files
      .filter(({ path }) => /(^|\/)\.git(ignore|attributes)$/.test(path))
      .map(async ({ oid, path }) => {
        const text = (await ask(here, ["cat-file", "blob", oid])).toString("utf8");
        const folder = path.slice(0, path.lastIndexOf("/") + 1);
        return { folder, name: path.slice(folder.length), text };
      }),
  );
  const named = (wanted: string): RulesFile[] => texts.filter(({ name }) => name === wanted);
  const attributes = named(".gitattributes");
  return {
    ignored: gatherIgnoreRules(named(".gitignore")),
    attributes,
    files,
    entries,
    folders: new Set([...entries.keys()].flatMap(foldersAbove)),
    names: new Set([...entries.keys()].map((path) => toUtf8(path).split("/", 1)[0] ?? "")),
    hasFilters: attributes.some(({ text }) => /\sfilter=/.test(text)),
  };
}

async function readEntries(here: GitPlace, base: string): Promise<Map<string, TreeFile>> {
  const listed = await ask(here, ["ls-tree", "-r", "-z", "--full-tree", base]);
  const lines = listed.toString("latin1").split("\0").slice(0, -1);
  return new Map(
    lines.flatMap((line): [string, TreeFile][] => {
      const [, mode, oid, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return mode && oid && path ? [[path, { mode, oid }]] : [];
    }),
  );
}

/** Names are handled byte by byte, one character each; people read UTF-8. */
export const toUtf8 = (path: string): string => Buffer.from(path, "latin1").toString("utf8");

/** The folders that a path lies in, the nearest first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
    folders.push(path.slice(0, at));
  return folders;
}
