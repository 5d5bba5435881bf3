import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../patches", import.meta.url));

/** A patch with what the gate should make of it: `accepted`, `flagged: …`, `refused: …`. */
export type LabelledPatch = { readonly name: string; readonly expected: string; readonly patch: Buffer };

const ROW = /^\| ([\w-]+) \| ((?:accepted|flagged: |refused: )[^|]*) \|/gm;

/** The corpus, by the table in its README. */
export function readPatchCorpus(): LabelledPatch[] {
  const table = readFileSync(join(FOLDER, "README.md"), "utf8");
  return [...table.matchAll(ROW)].map(([, name = "", expected = ""]) => ({
    name,
    expected: expected.trim(),
    patch: readFileSync(join(FOLDER, "cases", `${name}.patch`)),
  }));
}

/** Names of the patches that lie there, whether or not the table names them. */
export const listPatches = (): string[] =>
  readdirSync(join(FOLDER, "cases")).map((name) => name.replace(/\.patch$/, ""));

/** The files that the patches change, by path. */
export function readPatchBase(): Record<string, Buffer> {
  const base = join(FOLDER, "base");
  const entries = readdirSync(base, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(base.length + 1).replaceAll("\\", "/"), readFileSync(path)];
      }),
  );
}
