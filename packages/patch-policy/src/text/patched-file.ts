import { type FileKind, judgeFileKind } from "./file-kinds.ts";
import { type Language, pickLanguage } from "./languages.ts";
import { type Masked, mask } from "./mask.ts";

/** One version of one file, as text. */
export type Version = Masked & {
  readonly path: string;
  readonly language: Language;
  readonly kind: FileKind;
  readonly raw: string;
  readonly lines: readonly string[];
  /** Numbers of the lines, from 1, that the patch adds (in the version after) or removes (in the one before). */
  readonly changed: ReadonlySet<number>;
  /** The line, from 1, of an offset. */
  readonly lineOf: (offset: number) => number;
  /** For each bracket that opens in `code`, the offset after the one that closes it; 0: none does. */
  readonly closings: Uint32Array;
};

/** Numbers, from 1, of lines that stand in one place, before and after: the ones give way to the others. */
export type Replacement = { readonly removed: readonly number[]; readonly added: readonly number[] };

/** A file that a patch changes, before and after it. */
export type PatchedFile = {
  readonly path: string;
  readonly kind: FileKind;
  readonly replacements: readonly Replacement[];
  readonly before?: Version;
  readonly after?: Version;
};

/** A whole patch as its text is judged. */
export type PatchText = { readonly files: readonly PatchedFile[] };

/** A version that masks its text when a rule first asks. */
export function makeVersion(path: string, raw: string, changed: ReadonlySet<number>): Version {
  const language = pickLanguage(path);
  let masked: Masked | undefined;
  let closings: Uint32Array | undefined;
  const once = (): Masked => {
    masked ??= mask(raw, language);
    return masked;
  };
  return {
    path,
    language,
    kind: judgeFileKind(path),
    raw,
    lines: raw.split("\n"),
    changed,
    lineOf: lineFinder(raw),
    get closings() {
      closings ??= matchBrackets(once().code);
      return closings;
    },
    get bare() {
      return once().bare;
    },
    get code() {
      return once().code;
    },
  };
}

/** Versions before the patch of all its files. */
export const versionsBefore = ({ files }: PatchText): Version[] =>
  files.flatMap(({ before }) => before ?? []);

/** Versions after the patch of all its files. */
export const versionsAfter = ({ files }: PatchText): Version[] => files.flatMap(({ after }) => after ?? []);

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** All brackets at once, so that thousands that nothing closes cost no more than one. */
function matchBrackets(code: string): Uint32Array {
  const closings = new Uint32Array(code.length);
  const open: { readonly at: number; readonly by: string }[] = [];
  for (let at = 0; at < code.length; at += 1) {
    const sign = code[at] as string;
    const by = CLOSING[sign];
    if (by !== undefined) open.push({ at, by });
    else if (sign === open.at(-1)?.by) closings[open.pop()?.at ?? 0] = at + 1;
  }
  return closings;
}

/** Finds lines by halving, because a rule may ask for thousands of them. */
function lineFinder(raw: string): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...Array.from(raw.matchAll(/\n/g), ({ index }) => index + 1)];
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
