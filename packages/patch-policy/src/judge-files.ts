import type { PatchChange } from "./changes.ts";
import { withoutJoiners } from "./odd-names.ts";
import { findIf, makeFinding, type PolicyFinding } from "./rules.ts";
import { judgeFileKind, LOCKFILES, lowerName } from "./text/file-kinds.ts";
import { nameUnreadLanguage, pickLanguage } from "./text/languages.ts";
import type { PatchText, Version } from "./text/patched-file.ts";
import { isBinary } from "./text/read-diff.ts";

/** How many lines a patch adds and removes. Lockfiles are written by a tool and do not count. Pure. */
export const countLines = ({ files }: PatchText): number =>
  files
    .filter(({ kind }) => kind !== "lockfile")
    .reduce((sum, { before, after }) => sum + (before?.changed.size ?? 0) + (after?.changed.size ?? 0), 0);

/** A lockfile says what is installed: alone, it installs something else than the manifest says. Pure. */
export function judgeLockfiles(paths: readonly string[]): PolicyFinding[] {
  const names = paths.map(lowerName);
  return paths
    .filter((path) =>
      LOCKFILES[lowerName(path)]?.every((manifest) => !names.some((name) => manifest.test(name))),
    )
    .map((path) => makeFinding("lockfile-alone", `\`${path}\` changes without its manifest.`, { path }));
}

/** The first bytes of programs: ELF, PE, Mach-O, Java and WebAssembly. */
const PROGRAMS = ["7f454c46", "4d5a", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "0061736d"];
const PROGRAM_NAME = /\.(?:exe|dll|so|dylib|o|a|class|jar|war|pyc|pyd|wasm|node|com|msi|apk)$/i;

/** What cannot be read by a reviewer, and what may be run. Pure. */
export function judgeContents(
  changes: readonly PatchChange[],
  readContent: (oid: string) => Uint8Array | undefined,
): PolicyFinding[] {
  return changes.flatMap((change) => {
    const { path, after } = change;
    if (after === undefined) return [];
    const isNew = after.oid !== change.before?.oid;
    const content = readContent(after.oid);
    return [...judgeMode(change), ...(isNew && content !== undefined ? judgeNewContent(path, content) : [])];
  });
}

function judgeMode({ path, before, after }: PatchChange): PolicyFinding[] {
  if (before === undefined || after === undefined) {
    const told = `\`${path}\` is new and may be run as a program.`;
    return findIf(after?.mode === "100755", "executable", told, { path });
  }
  const told = `The mode of \`${path}\` changes from ${before.mode} to ${after.mode}.`;
  return findIf(before.mode !== after.mode, "executable", told, { path });
}

function judgeNewContent(path: string, content: Uint8Array): PolicyFinding[] {
  const head = Buffer.from(content.subarray(0, 4)).toString("hex");
  const isProgram = isBinary(content) && PROGRAMS.some((magic) => head.startsWith(magic));
  if (isProgram || (PROGRAM_NAME.test(path) && isBinary(content)))
    return [makeFinding("binary-code", `\`${path}\` is a program in machine code.`, { path })];
  if (!isBinary(content)) return [];
  return pickLanguage(path).name === "plain"
    ? [makeFinding("binary", `\`${path}\` is binary, so no one can read what it becomes.`, { path })]
    : [makeFinding("binary-code", `\`${path}\` is source code with binary bytes in it.`, { path })];
}

/** Characters that reorder or hide text (Trojan Source, CVE-2021-42574), beside those that emoji and scripts need. */
const HIDDEN =
  /[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\u206a-\u206f\ufeff\u{e0000}-\u{e007f}\u115f\u1160\u3164]/u;

/** Added lines that show another text than they are. Pure. */
export function judgeHiddenText({ files }: PatchText): PolicyFinding[] {
  return files.flatMap(({ path, after }) => {
    const line = after === undefined ? undefined : [...after.changed].find((number) => hides(after, number));
    const told = `\`${path}\` has hidden characters (line ${line}).`;
    return line === undefined ? [] : [makeFinding("hidden-text", told, { path, line })];
  });
}

/** A byte order mark at the very start of a file hides nothing. */
const hides = (version: Version, line: number): boolean =>
  HIDDEN.test(
    withoutJoiners(
      (version.lines[line - 1] ?? "").slice(line === 1 && version.raw.startsWith("\ufeff") ? 1 : 0),
    ),
  );

/** Attributes by which git or GitHub show less of a file, or hand it to a program. */
const SHOWING =
  /\s[-!]?(diff|merge|filter|binary|export-ignore|export-subst|ident|working-tree-encoding|linguist-[\w-]+)(?=[=\s]|$)/;

/** New lines of `.gitattributes` that change more than line endings. Pure. */
export function judgeAttributes({ files }: PatchText): PolicyFinding[] {
  return files.flatMap(({ path, after }) => {
    if (lowerName(path) !== ".gitattributes" || after === undefined) return [];
    return [...after.changed].flatMap((line) => {
      const text = after.lines[line - 1] ?? "";
      const filters = /\sfilter=/.test(text);
      const sentence = `\`${path}\` ${filters ? "hands files to a filter" : "changes what git or GitHub show of files"} (line ${line}).`;
      const isSo = !/^\s*#/.test(text) && SHOWING.test(text);
      return findIf(isSo, filters ? "git-filter" : "git-attributes", sentence, { path, line });
    });
  });
}

/** Languages of the patch that no rule reads, one finding for each. Pure. */
export function judgeUnread({ files }: PatchText): PolicyFinding[] {
  const unread = files.flatMap(({ path, after }) => {
    const language = after === undefined ? undefined : nameUnreadLanguage(path);
    return language === undefined ? [] : [language];
  });
  return [...new Set(unread)].map((language) => makeFinding("not-read", `not read: ${language}`));
}

const NO_SOURCE = ["test", "snapshot", "docs"];

/** A repair that changes tests alone makes them agree with the failure. Pure. */
export const judgeReach = (paths: readonly string[]): PolicyFinding[] =>
  findIf(
    paths.every((path) => NO_SOURCE.includes(judgeFileKind(path))),
    "only-tests",
    "The patch changes only tests and documents.",
  );
