import type { RawChange } from "@patchpilot/git";
import { type ChangedFile, judgeTestRole } from "@patchpilot/project";
import { readBlobs } from "./read-blobs.ts";
import { restoreSnapshot, takeSnapshot } from "./snapshot.ts";
import type { Vault } from "./vault.ts";

/** A change of a file whose path is text. */
export type PlainChange = Omit<RawChange, "path"> & { readonly path: string };

/** What of a change has a say in how it is tested. */
type Definitions = {
  /** Paths that have any. */
  readonly defining: readonly string[];
  /** Entries of an index in place of those that define tests, as `update-index -z --index-info` takes it. */
  readonly entries: readonly string[];
  /** The same paths as the change has them. */
  readonly patched: readonly string[];
};

const GONE = "0".repeat(40);

/**
 * Finds what a change has to say of its own tests, with what the base commit says there.
 * @param commands that set up and test the base, spelt out
 */
export async function findDefinitions(
  vault: Vault,
  changes: readonly PlainChange[],
  commands: readonly string[],
): Promise<Definitions> {
  const objects = changes.flatMap(({ before, after }) => [before?.oid ?? [], after?.oid ?? []].flat());
  const texts = await readBlobs(vault, new Set(objects));
  const [defining, entries, patched]: [string[], string[], string[]] = [[], [], []];
  for (const change of changes) {
    const { path, before, after } = change;
    const file: ChangedFile = {
      path,
      base: before && texts.get(before.oid),
      patched: after && texts.get(after.oid),
    };
    const role = judgeTestRole(file, commands);
    if (role.kind === "none") continue;
    defining.push(path);
    if (role.kind !== "definition") continue;
    entries.push(await makeEntry(vault, change, file.base, role.content));
    patched.push(`${after?.mode ?? "0"} ${after?.oid ?? GONE}\t${path}\0`);
  }
  return { defining, entries, patched };
}

/** The entry of the index for a file whose content is put back; a file without content goes. */
async function makeEntry(
  vault: Vault,
  { path, before, after }: PlainChange,
  base: string | undefined,
  content: string | undefined,
): Promise<string> {
  if (content === undefined) return `0 ${GONE}\t${path}\0`;
  const oid =
    before !== undefined && content === base
      ? before.oid
      : (await vault.git(["hash-object", "-w", "--no-filters", "--stdin"], content))
          .toString("latin1")
          .trim();
  return `${(before ?? after)?.mode} ${oid}\t${path}\0`;
}

const INDEX = "definitions.index";

/**
 * Runs something on the checkout as `verify` will test it: with the base commit's say in how. Then the change is whole
 * again.
 */
export async function withBaseDefinitions<T>(
  vault: Vault,
  { entries, patched }: Definitions,
  run: () => Promise<T>,
): Promise<T> {
  if (entries.length === 0) return run();
  await replaceFiles(vault, entries);
  try {
    return await run();
  } finally {
    await replaceFiles(vault, patched);
  }
}

/** Puts single files of the checkout to other contents. */
async function replaceFiles(vault: Vault, entries: readonly string[]): Promise<void> {
  const { tree } = await takeSnapshot(vault);
  const git = vault.gitAside(INDEX);
  await git(["read-tree", tree]);
  await git(["update-index", "-z", "--index-info"], entries.join(""));
  await restoreSnapshot(vault, (await git(["write-tree"])).toString("latin1").trim());
}
