import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Versions } from "../state/table.ts";
import { createBareObjects, createMemoryObjects, type ObjectStore } from "./object-store.ts";
import {
  type CommitObject,
  decodeCommit,
  decodeTag,
  decodeTree,
  encodeCommit,
  encodeTag,
  encodeTree,
  type ObjectType,
  type TagObject,
  type TreeObjectEntry,
} from "./objects.ts";
import { createBareRefs, createMemoryRefs, type RefStore } from "./ref-store.ts";

/** A repository's git side: typed objects over a store, and its refs. Objects of a wrong type read as absent. */
export type GitStore = {
  readonly refs: RefStore;
  /** Set where the repository is a bare one on disk. */
  readonly gitDir: string | undefined;
  readonly typeOf: (oid: string) => ObjectType | undefined;
  readonly commit: (oid: string) => CommitObject | undefined;
  readonly tag: (oid: string) => TagObject | undefined;
  readonly tree: (oid: string) => readonly TreeObjectEntry[] | undefined;
  readonly blob: (oid: string) => Buffer | undefined;
  readonly writeCommit: (commit: CommitObject) => string;
  readonly writeTag: (tag: TagObject) => string;
  readonly writeTree: (entries: readonly TreeObjectEntry[]) => string;
  readonly writeBlob: (data: Buffer | string) => string;
};

export function createMemoryGit(versions: Versions): GitStore {
  return createGitStore(createMemoryObjects(), createMemoryRefs(versions), undefined);
}

/**
 * Opens a bare repository, or makes it where there is none, so that real git can clone and fetch from it.
 * @throws Error with a sentence where git is not installed
 */
export function openBareGit(gitDir: string, defaultBranch: string): GitStore {
  if (!existsSync(join(gitDir, "HEAD"))) makeBare(gitDir, defaultBranch);
  return createGitStore(createBareObjects(gitDir), createBareRefs(gitDir), gitDir);
}

function makeBare(gitDir: string, defaultBranch: string): void {
  try {
    execFileSync("git", ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, gitDir]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new Error("git cannot be started: install it, or put it on the PATH.", { cause });
  }
}

function createGitStore(objects: ObjectStore, refs: RefStore, gitDir: string | undefined): GitStore {
  const commits = new Map<string, CommitObject>();
  const tags = new Map<string, TagObject>();
  const trees = new Map<string, readonly TreeObjectEntry[]>();
  const read = <T>(cache: Map<string, T>, type: ObjectType, decode: (data: Buffer) => T, oid: string) => {
    const known = cache.get(oid);
    if (known !== undefined) return known;
    const object = objects.read(oid);
    if (object?.type !== type) return undefined;
    const decoded = decode(object.data);
    cache.set(oid, decoded);
    return decoded;
  };
  return {
    refs,
    gitDir,
    typeOf: (oid) => objects.read(oid)?.type,
    commit: (oid) => read(commits, "commit", decodeCommit, oid),
    tag: (oid) => read(tags, "tag", decodeTag, oid),
    tree: (oid) => read(trees, "tree", decodeTree, oid),
    blob: (oid) => {
      const object = objects.read(oid);
      return object?.type === "blob" ? object.data : undefined;
    },
    writeCommit: (commit) => objects.write("commit", encodeCommit(commit)),
    writeTag: (tag) => objects.write("tag", encodeTag(tag)),
    writeTree: (entries) => objects.write("tree", encodeTree(entries)),
    writeBlob: (data) => objects.write("blob", Buffer.from(data)),
  };
}
