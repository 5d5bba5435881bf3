import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Branches and the stash of a checkout, by their commits' names; `HEAD` where no branch is checked out. */
export type Heads = ReadonlyMap<string, string>;

const MOST_BYTES = 1_048_576;
const MOST_REFS = 5_000;

/**
 * Reads the branches of a git folder that anybody may have written to: as plain files alone, links not followed, and
 * without starting git, which would obey that folder's configuration.
 */
export function readBranches(gitFolder: string): Heads {
  const found = new Map<string, string>();
  const note = (name: string, text: string | undefined) => {
    const [oid] = /^[0-9a-f]{40}(?=\s|$)/.exec(text ?? "") ?? [];
    if (oid !== undefined && found.size < MOST_REFS) found.set(name, oid);
  };
  for (const line of (readPlain(gitFolder, "packed-refs") ?? "").split("\n")) {
    const [, oid, name] = /^([0-9a-f]{40}) refs\/(heads\/.+|stash)$/.exec(line) ?? [];
    if (name !== undefined) note(name, oid);
  }
  for (const name of listRefs(gitFolder, "heads")) note(name, readPlain(gitFolder, `refs/${name}`));
  note("stash", readPlain(gitFolder, "refs/stash"));
  const head = readPlain(gitFolder, "HEAD")?.trim() ?? "";
  note("HEAD", head.startsWith("ref: refs/") ? found.get(head.slice("ref: refs/".length)) : head);
  return found;
}

function listRefs(gitFolder: string, folder: string, depth = 0): string[] {
  if (depth > 20) return [];
  const path = join(gitFolder, "refs", folder);
  try {
    // A link could lead to names of the machine's.
    if (![dirname(path), path].every((each) => lstatSync(each).isDirectory())) return [];
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listRefs(gitFolder, name, depth + 1) : [name];
    });
  } catch {
    return [];
  }
}

function readPlain(gitFolder: string, name: string): string | undefined {
  try {
    const path = join(gitFolder, name);
    const found = lstatSync(path);
    return found.isFile() && found.size <= MOST_BYTES ? readFileSync(path, "latin1") : undefined;
  } catch {
    return undefined;
  }
}
