import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PatchChange, PatchFault, readNumstat, readRawDiff, type TreeFile } from "./changes.ts";
import { type Git, gitIn } from "./run-git.ts";

/** A patch on an index that holds the base's version of every path that the patch names, and nothing else. */
export type PatchIndex = {
  /** Paths that the patch names, before anything is applied. */
  readonly paths: readonly string[];
  /**
   * Applies the patch to files of the base, in the index only.
   * @param files the base's file at each path that exists there, with its content
   * @throws PatchFault where it does not apply exactly
   */
  readonly apply: (
    files: ReadonlyMap<string, TreeFile & { readonly content: Uint8Array }>,
  ) => Promise<PatchChange[]>;
  /** Content of a file after the patch. */
  readonly read: (oid: string) => Promise<Buffer>;
  /** Git's own diff of what was applied, with every file read as text. */
  readonly diff: () => Promise<string>;
};

/**
 * Opens a patch in a scratch repository, which is gone when `use` ends. The repository is bare: nothing that the
 * patch holds becomes a file.
 * @throws PatchFault where the bytes are no patch
 */
export async function openPatch<T>(patch: Uint8Array, use: (index: PatchIndex) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "patchpilot-"));
  try {
    const git = gitIn(folder);
    await must(git, ["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
    const listed = await git(["apply", "--numstat", "-z", "-"], patch);
    if (listed.code !== 0)
      throw new PatchFault("unreadable", `The patch cannot be read: ${firstLine(listed.complaint)}.`);
    return await use({
      paths: readNumstat(listed.output),
      apply: (files) => applyToIndex(git, patch, files),
      read: async (oid) => (await must(git, ["cat-file", "blob", oid])).output,
      diff: async () => (await must(git, [...DIFF, "--patch", "--text", BASE])).output.toString("latin1"),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const DIFF = ["diff-index", "--cached", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"];
/** Names the tree of the base. */
const BASE = "refs/patchpilot/base";

/**
 * What makes two patches the same, whatever their blanks and line numbers: git's stable patch id. Undefined where
 * git finds none, as in a patch that was shortened before its first hunk.
 */
export async function patchIdOf(patch: string): Promise<string | undefined> {
  const { output } = await gitIn(tmpdir())(["patch-id", "--stable"], Buffer.from(patch, "latin1"));
  return /^[0-9a-f]{40}/.exec(output.toString())?.[0];
}

async function applyToIndex(
  git: Git,
  patch: Uint8Array,
  files: ReadonlyMap<string, TreeFile & { readonly content: Uint8Array }>,
): Promise<PatchChange[]> {
  const entries: string[] = [];
  for (const [path, { mode, oid, content }] of files) {
    const { output } = await must(git, ["hash-object", "-w", "--no-filters", "--stdin"], content);
    if (output.toString().trim() !== oid)
      throw new Error(`GitHub sent other content for ${path} than its tree names; run the job again.`);
    entries.push(`${mode} ${oid}\t${path}\0`);
  }
  await must(git, ["update-index", "-z", "--index-info"], entries.join(""));
  const base = (await must(git, ["write-tree"])).output.toString().trim();
  await must(git, ["update-ref", BASE, base]);
  const applied = await git(["apply", "--cached", "--whitespace=nowarn", "-"], patch);
  if (applied.code !== 0)
    throw new PatchFault(
      "does-not-apply",
      `The patch does not apply to the base commit: ${firstLine(applied.complaint)}.`,
    );
  const raw = await must(git, [...DIFF, "--raw", "-z", "--no-abbrev", BASE]);
  return readRawDiff(raw.output);
}

async function must(git: Git, args: readonly string[], input?: Uint8Array | string) {
  const reply = await git(args, input);
  if (reply.code === 0) return reply;
  throw new Error(`git ${args[0]} failed: ${firstLine(reply.complaint)}.`);
}

const firstLine = (text: string): string =>
  (text.split("\n").find((line) => line.startsWith("error:")) ?? text.split("\n")[0] ?? "")
    .replace(/^error: /, "")
    .slice(0, 300);
