/** A name as people mean it: `Max_Attempts` is max-attempts. */
export const fold = (name: string): string => name.trim().toLowerCase().replace(/[\s_]/g, "-");

/** More edits than these are another word. */
const MOST_EDITS = 2;

/** The names that are nearest to what is written, at most two edits away; several if they are equally near. */
export function findNearest(written: string, names: Iterable<string>): string[] {
  const word = fold(written);
  let least = MOST_EDITS;
  let nearest: string[] = [];
  for (const name of new Set(names)) {
    if (Math.abs(name.length - word.length) > least) continue;
    const edits = editsBetween(word, name);
    if (edits > least) continue;
    nearest = edits < least ? [name] : [...nearest, name];
    least = edits;
  }
  return nearest;
}

/** How many letters are left out, added, replaced or swapped with their neighbour (Damerau and Levenshtein). */
export function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (isSame ? 0 : 1),
        isSwap ? (beforeLast[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] as number;
}
