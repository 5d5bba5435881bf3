import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VersionedTable, type Versions } from "../state/table.ts";
import { type GuardedRefs, guardPushes } from "./tag-guard.ts";

export type Ref = { readonly name: string; readonly oid: string };

/**
 * Refs by their full names. `move` is the one write and it is atomic: it happens only if the ref is at
 * `expected` (undefined: does not exist), and says whether it did. A `next` of undefined deletes.
 */
export type RefStore = {
  readonly get: (name: string, version?: number) => string | undefined;
  /** Refs whose full name begins with the prefix, by name. */
  readonly list: (prefix: string, version?: number) => Ref[];
  readonly hasBelow: (prefix: string) => boolean;
  readonly move: (name: string, expected: string | undefined, next: string | undefined) => boolean;
  /** Has real git refuse pushes to these refs; `move` looks at nothing of it. */
  readonly guard: (refs: GuardedRefs) => void;
};

export function createMemoryRefs(versions: Versions): RefStore {
  const table = new VersionedTable<string, Ref>(versions);
  return {
    get: (name, version) => table.get(name, version)?.oid,
    list: (prefix, version) =>
      table
        .list(version)
        .filter((ref) => ref.name.startsWith(prefix))
        .sort(byName),
    hasBelow: (prefix) => table.some((ref) => ref.name.startsWith(prefix)),
    move: (name, expected, next) => {
      if (table.get(name)?.oid !== expected) return false;
      if (next === undefined) table.delete(name);
      else table.set(name, { name, oid: next });
      return true;
    },
    guard: () => undefined,
  };
}

const ZERO = "0".repeat(40);

/** Refs of a bare repository on disk. They are always read as they are: history is kept in memory only. */
export function createBareRefs(gitDir: string): RefStore {
  const git = (...args: string[]): string =>
    execFileSync("git", ["--git-dir", gitDir, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const list = (prefix: string): Ref[] =>
    git("for-each-ref", "--format=%(refname) %(objectname)")
      .split("\n")
      .filter((line) => line.startsWith(prefix))
      .map((line) => ({ name: line.slice(0, -41), oid: line.slice(-40) }))
      .sort(byName);
  return {
    get: (name) => readLooseRef(gitDir, name) ?? readPackedRef(gitDir, name),
    list,
    hasBelow: (prefix) => list(prefix).length > 0,
    move: (name, expected, next) => {
      const change = next === undefined ? ["-d", name, expected ?? ZERO] : [name, next, expected ?? ZERO];
      try {
        git("update-ref", ...change);
        return true;
      } catch {
        return false;
      }
    },
    guard: (refs) => guardPushes(gitDir, refs),
  };
}

function readLooseRef(gitDir: string, name: string): string | undefined {
  try {
    return /^[0-9a-f]{40}/.exec(readFileSync(join(gitDir, name), "utf8"))?.[0];
  } catch {
    return undefined;
  }
}

function readPackedRef(gitDir: string, name: string): string | undefined {
  try {
    const lines = readFileSync(join(gitDir, "packed-refs"), "utf8").split("\n");
    return lines.find((line) => line.slice(41) === name)?.slice(0, 40);
  } catch {
    return undefined;
  }
}

function byName(left: Ref, right: Ref): number {
  return left.name < right.name ? -1 : 1;
}
