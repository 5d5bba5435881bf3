import type { CutFile, Hunk, Unit } from "../change/change.ts";
import { readWords } from "../change/read-words.ts";

/** Lines that say something and that a move keeps: one alone is the same by chance. */
const FEWEST_MOVED = 2;

/**
 * The hunks that are one change of place: a function that comes elsewhere and goes where it was. What only goes is no
 * part that a test could need alone. Pure.
 * @returns indices, in order, with the hunk's own
 */
export function findMoved(index: number, hunks: readonly Hunk[], files: readonly CutFile[]): number[] {
  const sides = hunks.map((hunk) => readSides(hunk, files));
  const isMove = (from: number, to: number): boolean => {
    const [gone, come] = [sides[from], sides[to]];
    if (from === to || gone === undefined || come === undefined || gone.added.size > 0) return false;
    const kept = [...gone.removed].filter((line) => come.added.has(line));
    return kept.length >= FEWEST_MOVED && kept.length > gone.removed.size / 2;
  };
  return [...hunks.keys()].filter((other) => other === index || isMove(index, other) || isMove(other, index));
}

/** Lines that say something, without their indentation. */
const tellingLines = (lines: readonly string[]): Set<string> =>
  new Set(lines.map((line) => line.trim()).filter((line) => /\w/.test(line)));

function readSides(hunk: Hunk, files: readonly CutFile[]) {
  const units = listUnits(hunk, files);
  return {
    removed: tellingLines(units.flatMap(({ removed }) => removed)),
    added: tellingLines(units.flatMap(({ added }) => added)),
  };
}

const listUnits = (hunk: Hunk, files: readonly CutFile[]): Unit[] =>
  hunk.units.flatMap(({ path, unit }) => files.find((file) => file.path === path)?.units[unit] ?? []);

/**
 * The hunks that go when some go that the others do not build without: itself, and all that use a name which it
 * brings, and so on. Pure.
 * @returns indices, in order
 */
export function growHunks(
  start: readonly number[],
  hunks: readonly Hunk[],
  files: readonly CutFile[],
): number[] {
  const texts = hunks.map((hunk) => readTexts(hunk, files));
  const group = new Set(start);
  for (const index of group) {
    const brought = texts[index]?.brings ?? new Set();
    for (const [other, text] of texts.entries())
      if (!group.has(other) && [...brought].some((word) => text.uses.has(word))) group.add(other);
  }
  return [...group].toSorted((one, other) => one - other);
}

const DEFINES =
  /\b(?:function\*?|class|const|let|var|val|def|fn|func|fun|type|interface|struct|enum|trait|object|record|static)\s+(?:\([^)]*\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)|^([\p{L}_]\w*)\s*[:=]/gmu;

const readDefined = (lines: readonly string[]): Set<string> =>
  new Set([...lines.join("").matchAll(DEFINES)].map(([, name, value]) => name ?? value ?? ""));

type HunkWords = { readonly brings: ReadonlySet<string>; readonly uses: ReadonlySet<string> };

/** `brings`: words that only the new lines have; `uses`: all words of the new lines. */
function readTexts(hunk: Hunk, files: readonly CutFile[]): HunkWords {
  const units = listUnits(hunk, files);
  const uses = readWords(units.flatMap(({ added }) => added));
  const before = new Set(
    files
      .filter(({ path }) => hunk.units.some((one) => one.path === path))
      .flatMap(({ base }) => [...readWords([base ?? ""])]),
  );
  // Of a new file every word is new; what others can use is what it defines.
  if (before.size === 0) return { uses, brings: readDefined(units.flatMap(({ added }) => added)) };
  return { uses, brings: new Set([...uses].filter((word) => !before.has(word))) };
}
