import type { CutFile, Hunk } from "../change/change.ts";
import { readWords } from "../change/read-words.ts";

/**
 * The hunks that go when one goes that the others do not build without: itself, and all that use a name which it
 * brings, and so on. Pure.
 * @returns indices, in order
 */
export function growHunk(start: number, hunks: readonly Hunk[], files: readonly CutFile[]): number[] {
  const texts = hunks.map((hunk) => readTexts(hunk, files));
  const group = new Set([start]);
  for (const index of group) {
    const brought = texts[index]?.brings ?? new Set();
    for (const [other, text] of texts.entries())
      if (!group.has(other) && [...brought].some((word) => text.uses.has(word))) group.add(other);
  }
  return [...group].toSorted((one, other) => one - other);
}

type HunkWords = { readonly brings: ReadonlySet<string>; readonly uses: ReadonlySet<string> };

/** `brings`: words that only the new lines have; `uses`: all words of the new lines. */
function readTexts(hunk: Hunk, files: readonly CutFile[]): HunkWords {
  const units = hunk.units.flatMap(
    ({ path, unit }) => files.find((file) => file.path === path)?.units[unit] ?? [],
  );
  const uses = readWords(units.flatMap(({ added }) => added));
  const before = new Set(
    files
      .filter(({ path }) => hunk.units.some((one) => one.path === path))
      .flatMap(({ base }) => [...readWords([base ?? ""])]),
  );
  return { uses, brings: new Set([...uses].filter((word) => !before.has(word))) };
}
