import type { Composed, CutFile, Hunk, Unit, UnitName } from "./change.ts";
import { splitLines } from "./split-file.ts";

/** Whether a unit of a file is part of what is composed. */
export type Choose = (file: CutFile, unit: number) => boolean;

/** The files of a change with the chosen units and the base's lines elsewhere. Pure. */
export const composeChange = (files: readonly CutFile[], choose: Choose): Composed =>
  new Map(files.map((file) => [file.path, composeFile(file, (unit) => choose(file, unit))]));

/** A file with some of its units. All of them make the patched file, none of them the base's. Pure. */
export function composeFile(file: CutFile, isChosen: (unit: number) => boolean): string | undefined {
  if (file.isWhole) return isChosen(0) ? file.patched : file.base;
  const lines = splitLines(file.base ?? "");
  const pieces: string[] = [];
  let at = 0;
  for (const [index, unit] of file.units.entries()) {
    pieces.push(...lines.slice(at, unit.at));
    pieces.push(...(isChosen(index) ? unit.added : unit.removed));
    at = unit.at + unit.removed.length;
  }
  pieces.push(...lines.slice(at));
  return pieces.join("");
}

/** What a patch would be without some hunks, and the imports that go with them. */
export const withoutHunks =
  (hunks: readonly Hunk[]): Choose =>
  ({ path }, unit) => {
    const isIt = (one: UnitName) => one.path === path && one.unit === unit;
    const uses = hunks.flatMap(({ imports }) => imports.filter(isIt));
    return (
      !hunks.some(({ units }) => units.some(isIt)) && !uses.some(({ goesWith }) => uses.length >= goesWith)
    );
  };

/** The base with the tests of the patch alone. */
export const testPart: Choose = ({ units }, unit) => units[unit]?.kind === "test";

/** The first line of a unit in the patched file, from 1. */
export function patchedLine(units: readonly Unit[], index: number): number {
  const grown = units
    .slice(0, index)
    .reduce((sum, { added, removed }) => sum + added.length - removed.length, 0);
  return (units[index]?.at ?? 0) + grown + 1;
}
