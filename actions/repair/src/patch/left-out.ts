import { toUtf8 } from "./vault.ts";

/** Why something in the checkout is no part of the patch. */
export type LeftOutKind = "tool" | "ignored" | "filter" | "no-file" | "repository" | "large" | "bulk";

/** What is left out at one path. */
export type LeftOut = {
  readonly kind: LeftOutKind;
  /** The file or folder that the sentence names, for many paths perhaps the same. */
  readonly named: string;
  /** Changes where what lies there changes; "" where that is not looked at. */
  readonly stamp: string;
};

/** By paths of one character a byte; a folder that nobody looks into ends in a slash. */
export type LeftOuts = ReadonlyMap<string, LeftOut>;

/** What has come or changed since an earlier look. */
export const findNewlyLeftOut = (before: LeftOuts, after: LeftOuts): LeftOuts =>
  new Map([...after].filter(([path, { stamp }]) => before.get(path)?.stamp !== stamp));

/** The rest of a sentence that begins with what it is, such as `3 files`. */
const WHY: Readonly<Record<LeftOutKind, string>> = {
  tool: "that tools made for themselves",
  ignored: "that the base commit ignores; commit by hand what the change needs of it",
  filter: "under a filter of `.gitattributes`, such as Git LFS, which no patch can store; commit it by hand",
  "no-file": "that would be a link, a submodule or no plain file",
  repository: "with its own git repository",
  large: "that is too large for a patch",
  bulk: "in new folders that hold more files than any patch",
};

/** @returns one sentence for each kind, with how many there are and where */
export function describeLeftOut(leftOuts: LeftOuts): string[] {
  const all = [...leftOuts];
  return (Object.keys(WHY) as LeftOutKind[]).flatMap((kind) => {
    const ours = all.filter(([, each]) => each.kind === kind);
    if (ours.length === 0) return [];
    const names = [...new Set(ours.map(([, { named }]) => toUtf8(named)))];
    const more = names.length > 4 ? ` and ${names.length - 4} more places` : "";
    const what = countThings(ours.map(([path]) => path));
    return [`Left out of the patch: ${what} ${WHY[kind]} (${names.slice(0, 4).join(", ")}${more}).`];
  });
}

function countThings(paths: readonly string[]): string {
  const folders = paths.filter((path) => path.endsWith("/")).length;
  const files = paths.length - folders;
  const count = (number: number, thing: string): string[] =>
    number === 0 ? [] : [`${number.toLocaleString("en-US")} ${thing}${number === 1 ? "" : "s"}`];
  return [...count(files, "file"), ...count(folders, "folder")].join(" and ");
}
