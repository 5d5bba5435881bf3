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
    if (listed.code !== 0) throw new PatchFault(`The patch cannot be read: ${firstLine(listed.complaint)}.`);
    return await use({
      paths: readNumstat(listed.output),
      apply: (files) => applyToIndex(git, patch, files),
      read: async (oid) => (await must(git, ["cat-file", "blob", oid])).output,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
  const applied = await git(["apply", "--cached", "--whitespace=nowarn", "-"], patch);
  if (applied.code !== 0)
    throw new PatchFault(`The patch does not apply to the base commit: ${firstLine(applied.complaint)}.`);
  const raw = await must(git, ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", base]);
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
