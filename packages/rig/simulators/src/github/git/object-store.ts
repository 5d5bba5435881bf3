import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { nameObject, type ObjectType } from "./objects.ts";

type GitObject = { readonly type: ObjectType; readonly data: Buffer };

/** Git objects by their SHA-1. Writing an object that exists is nothing new. */
export type ObjectStore = {
  readonly read: (oid: string) => GitObject | undefined;
  readonly write: (type: ObjectType, data: Buffer) => string;
};

/** Objects in memory, for tests that run many worlds. */
export function createMemoryObjects(): ObjectStore {
  const objects = new Map<string, GitObject>();
  return {
    read: (oid) => objects.get(oid),
    write: (type, data) => {
      const oid = nameObject(type, data);
      if (!objects.has(oid)) objects.set(oid, { type, data });
      return oid;
    },
  };
}

/** Objects of a bare repository on disk: written loose, read loose or, where a push packed them, by git itself. */
export function createBareObjects(gitDir: string): ObjectStore {
  const cache = new Map<string, GitObject>();
  return {
    read: (oid) => {
      const found = cache.get(oid) ?? readLoose(gitDir, oid) ?? readPacked(gitDir, oid);
      if (found !== undefined) cache.set(oid, found);
      return found;
    },
    write: (type, data) => {
      const oid = nameObject(type, data);
      if (!cache.has(oid)) writeLoose(gitDir, oid, { type, data });
      cache.set(oid, { type, data });
      return oid;
    },
  };
}

function loosePath(gitDir: string, oid: string): string {
  return join(gitDir, "objects", oid.slice(0, 2), oid.slice(2));
}

function readLoose(gitDir: string, oid: string): GitObject | undefined {
  let packed: Buffer;
  try {
    packed = readFileSync(loosePath(gitDir, oid));
  } catch {
    return undefined;
  }
  const raw = inflateSync(packed);
  const end = raw.indexOf(0);
  const type = raw.toString("utf8", 0, raw.indexOf(0x20)) as ObjectType;
  return { type, data: raw.subarray(end + 1) };
}

function readPacked(gitDir: string, oid: string): GitObject | undefined {
  const ask = (...args: string[]): Buffer =>
    execFileSync("git", ["--git-dir", gitDir, "cat-file", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const type = ask("-t", oid).toString().trim() as ObjectType;
    return { type, data: ask(type, oid) };
  } catch {
    return undefined;
  }
}

function writeLoose(gitDir: string, oid: string, { type, data }: GitObject): void {
  const path = loosePath(gitDir, oid);
  mkdirSync(join(gitDir, "objects", oid.slice(0, 2)), { recursive: true });
  const raw = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
  writeFileSync(`${path}.new`, deflateSync(raw));
  renameSync(`${path}.new`, path);
}
