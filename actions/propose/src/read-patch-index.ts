import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyToIndex,
  firstComplaint,
  type GitReply,
  type JobGit,
  RAW_DIFF,
  readOutput,
  type TreeFile,
} from "@patchpilot/git";
import { type PatchChange, PatchFault, readChanges, readNumstat } from "@patchpilot/patch-policy";

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

/** Git on the scratch repository. */
type ScratchGit = (args: readonly string[], input?: Uint8Array | string) => Promise<GitReply>;

const ask = async (call: ScratchGit, ...given: Parameters<ScratchGit>): Promise<Buffer> =>
  readOutput(given[0], await call(...given));

/**
 * Opens a patch in a scratch repository, which is gone when `use` ends. The repository is bare: nothing that the
 * patch holds becomes a file.
 * @throws PatchFault where the bytes are no patch
 */
export async function openPatch<T>(
  patch: Uint8Array,
  callGit: JobGit,
  use: (index: PatchIndex) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "patchpilot-"));
  const call: ScratchGit = (args, input) => callGit({ gitFolder: folder, cwd: folder }, args, input);
  try {
    await ask(call, ["init", "--quiet", "--bare", "--template=", "--object-format=sha1"]);
    const listed = await call(["apply", "--numstat", "-z", "-"], patch);
    if (listed.code !== 0)
      throw new PatchFault("unreadable", `The patch cannot be read: ${firstComplaint(listed.complaint)}.`);
    return await use({
      paths: readNumstat(listed.output),
      apply: (files) => applyToBase(call, patch, files),
      read: (oid) => ask(call, ["cat-file", "blob", oid]),
      diff: async () => (await ask(call, [...DIFF, "--patch", "--text", BASE])).toString("latin1"),
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
export async function readPatchId(patch: string, callGit: JobGit): Promise<string | undefined> {
  const { output } = await callGit({ cwd: tmpdir() }, ["patch-id", "--stable"], Buffer.from(patch, "latin1"));
  return /^[0-9a-f]{40}/.exec(output.toString())?.[0];
}

async function applyToBase(
  call: ScratchGit,
  patch: Uint8Array,
  files: ReadonlyMap<string, TreeFile & { readonly content: Uint8Array }>,
): Promise<PatchChange[]> {
  const entries: string[] = [];
  for (const [path, { mode, oid, content }] of files) {
    const written = await ask(call, ["hash-object", "-w", "--no-filters", "--stdin"], content);
    if (written.toString().trim() !== oid)
      throw new Error(`GitHub sent other content for ${path} than its tree names; run the job again.`);
    entries.push(`${mode} ${oid}\t${path}\0`);
  }
  await ask(call, ["update-index", "-z", "--index-info"], entries.join(""));
  const base = (await ask(call, ["write-tree"])).toString().trim();
  await ask(call, ["update-ref", BASE, base]);
  const fault = await applyToIndex(call, patch);
  if (fault !== undefined) throw new PatchFault("does-not-apply", fault);
  return readChanges(await ask(call, [...DIFF, ...RAW_DIFF, BASE]));
}
