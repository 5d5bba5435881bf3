/**
 * What a part of a change is for. `test`: tests, fixtures, snapshots and settings of tests alone. `comment`: comments and
 * white space. `types`: what no program sees at run time. `mixed`: tests and code that cannot be separated.
 */
export type UnitKind = "test" | "docs" | "comment" | "types" | "code" | "mixed";

/** Lines of one file that give way to others, in one place. */
export type Unit = {
  readonly kind: UnitKind;
  /** Index of the first line in the base's file, from 0; of an insertion, the line that it comes before. */
  readonly at: number;
  /** Lines with their ends. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
};

/** A file that a patch changes, cut into units in the order of its lines. */
export type CutFile = {
  readonly path: string;
  /** undefined: there is no such file, or none that is text. */
  readonly base: string | undefined;
  readonly patched: string | undefined;
  /** It comes, goes, or is no text: one unit is all of it. */
  readonly isWhole: boolean;
  readonly units: readonly Unit[];
};

/** One unit of a change, by its file and its place among the file's units. */
export type UnitName = { readonly path: string; readonly unit: number };

/** Units of code that are taken back together: neighbours in one file, or what is installed with its lockfile. */
export type Hunk = {
  /** The first of its files. */
  readonly path: string;
  /** Lines of the patched file, from 1, first and last; where lines only go, the one after them. */
  readonly lines: readonly [number, number];
  /** Lines of the base's file in the same way. */
  readonly baseLines: readonly [number, number];
  readonly units: readonly UnitName[];
  /** Imports that it uses. */
  readonly imports: readonly UsedImport[];
};

/** Lines that import names: they are no hunk by themselves, and go with hunks that use the names. */
export type UsedImport = UnitName & {
  /** It goes once so many of the hunks that use it go: all for what is imported newly, one for what is no more. */
  readonly goesWith: number;
};

/** The files of a change with some of its units only: text, undefined where there is no file. */
export type Composed = ReadonlyMap<string, string | undefined>;
