import { parsePatch } from "diff/lib/patch/parse.js";
import type { PatchChange } from "../changes.ts";
import { judgeFileKind } from "./file-kinds.ts";
import { makeVersion, type PatchedFile, type PatchText, type Replacement } from "./patched-file.ts";

/** Which lines a file loses and gains. */
type ChangedLines = readonly Replacement[];

/**
 * Reads which lines change, from the diff that git itself makes of the index: the worker's own bytes are never read
 * a second time, by another reader than git, who might take them for something else.
 * @param changes the changes in git's order, as the diff has them
 * @throws Error where diff and changes do not agree
 */
export function readChangedLines(
  diff: string,
  changes: readonly PatchChange[],
): ReadonlyMap<string, ChangedLines> {
  const parts = diff === "" ? [] : parsePatch(diff);
  const lines = new Map<string, ChangedLines>();
  let at = 0;
  for (const change of changes) {
    // Git writes a change of type, such as a link that becomes a file, as two parts.
    const count =
      typeOf(change.before?.mode) === typeOf(change.after?.mode) || !change.before || !change.after ? 1 : 2;
    const own = parts.slice(at, at + count);
    if (own.length !== count) throw new Error(`git's diff has no part for ${change.path}.`);
    at += count;
    lines.set(change.path, own.flatMap(({ hunks }) => hunks).flatMap(readReplacements));
  }
  if (at !== parts.length) throw new Error("git's diff has more parts than changes.");
  return lines;
}

const typeOf = (mode: string | undefined): string => mode?.slice(0, 2) ?? "";

type Hunk = ReturnType<typeof parsePatch>[number]["hunks"][number];

function readReplacements({ oldStart, newStart, lines }: Hunk): Replacement[] {
  const found: { removed: number[]; added: number[] }[] = [];
  let current: { removed: number[]; added: number[] } | undefined;
  let [before, after] = [oldStart, newStart];
  for (const line of lines) {
    if (line.startsWith("\\")) continue;
    if (!/^[ +-]/.test(line))
      throw new Error("git's diff has a line that is neither kept, added nor removed.");
    if (line.startsWith(" ")) {
      current = undefined;
      [before, after] = [before + 1, after + 1];
      continue;
    }
    if (current === undefined) {
      current = { removed: [], added: [] };
      found.push(current);
    }
    if (line.startsWith("-")) current.removed.push(before++);
    else current.added.push(after++);
  }
  return found;
}

/** A file whose bytes are no text. */
export const isBinary = (content: Uint8Array): boolean => content.includes(0);

/**
 * The patch as text. Files that are binary before and after are left out; bytes that are no UTF-8 read as U+FFFD.
 * @param readContent the bytes of a blob
 */
export function patchText(
  changes: readonly PatchChange[],
  lines: ReadonlyMap<string, ChangedLines>,
  readContent: (oid: string) => Uint8Array | undefined,
): PatchText {
  const files = changes.map((change): PatchedFile => {
    const { path } = change;
    const replacements = lines.get(path) ?? [];
    const removed = new Set(replacements.flatMap((one) => one.removed));
    const added = new Set(replacements.flatMap((one) => one.added));
    const before = change.before && decodeText(readContent(change.before.oid));
    const after = change.after && decodeText(readContent(change.after.oid));
    return {
      path,
      kind: judgeFileKind(path),
      replacements,
      ...(before === undefined ? {} : { before: makeVersion(path, before, removed) }),
      ...(after === undefined ? {} : { after: makeVersion(path, after, added) }),
    };
  });
  return { files };
}

const decodeText = (content: Uint8Array | undefined): string | undefined =>
  content === undefined || isBinary(content)
    ? undefined
    : Buffer.from(content).toString("utf8").replaceAll("\r\n", "\n");
