import type { CutFile, Hunk, UsedImport } from "./change.ts";
import { patchedLine } from "./compose-file.ts";
import { type ImportedNames, PLACE, readImports } from "./read-imports.ts";
import { readWords } from "./read-words.ts";

/** Lists the hunks of a file but for some of its units. */
type ListHunks = (file: CutFile, isLeft: (unit: number) => boolean) => Hunk[];

/** The hunks of a file with the imports that they use. An import that no hunk uses is a hunk. Pure. */
export function attachImports(file: CutFile, list: ListHunks): Hunk[] {
  const { path, base = "", patched = "" } = file;
  const lines = { base: readImports(path, base), patched: readImports(path, patched) };
  const imports = new Map(
    file.units.flatMap((unit, index) => {
      const names = unit.kind === "code" && !file.isWhole ? readNames(file, index, lines) : undefined;
      return names === undefined ? [] : [[index, names] as const];
    }),
  );
  const hunks = list(file, (unit) => imports.has(unit));
  const used = new Map([...imports].filter(([, names]) => findUsers(file, hunks, names).length > 0));
  const left = list(file, (unit) => used.has(unit));
  return left.map((hunk) => ({
    ...hunk,
    imports: [...used].flatMap(([unit, names]): UsedImport[] => {
      const own = findUsers(file, left, names).find((user) => user.hunk === hunk);
      return own === undefined ? [] : [{ path: file.path, unit, goesWith: own.goesWith }];
    }),
  }));
}

/** Lines that import on both sides of a file. */
type Sides = { readonly [side in "base" | "patched"]: readonly (ImportedNames | undefined)[] };

type Names = { readonly brought: readonly string[]; readonly dropped: readonly string[] };

/**
 * The names that only one side of an import brings; undefined where it is none, where code that stays may mean them,
 * too, or where a name that both bring comes from elsewhere.
 */
function readNames(file: CutFile, index: number, lines: Sides): Names | undefined {
  const { base = "", patched = "", units } = file;
  const { at = 0, removed = [], added = [] } = units[index] ?? {};
  const before = joinNames(removed, lines.base.slice(at));
  const after = joinNames(added, lines.patched.slice(patchedLine(units, index) - 1));
  if (before === undefined || after === undefined) return undefined;
  const brought = [...after.keys()].filter((name) => name !== PLACE && !before.has(name));
  const dropped = [...before.keys()].filter((name) => name !== PLACE && !after.has(name));
  const [old, now] = [readWords([base]), readWords([patched])];
  const isMeantBeside = brought.some((name) => old.has(name)) || dropped.some((name) => now.has(name));
  const isOtherNow = [...before].some(([name, from]) => (after.get(name) ?? from) !== from);
  return isMeantBeside || isOtherNow ? undefined : { brought, dropped };
}

/** The names of lines that all import; undefined where one does something else. */
function joinNames(
  lines: readonly string[],
  imports: readonly (ImportedNames | undefined)[],
): ImportedNames | undefined {
  const said = [...lines.keys()].filter((index) => lines[index]?.trim() !== "");
  const names = said.map((index) => imports[index]);
  return names.includes(undefined) ? undefined : new Map(names.flatMap((one) => [...(one ?? [])]));
}

type User = { readonly hunk: Hunk } & Pick<UsedImport, "goesWith">;

/** Hunks that need an import before they come, or after. What is brought is left while one of them is. */
function findUsers({ units }: CutFile, hunks: readonly Hunk[], { brought, dropped }: Names): User[] {
  const uses = (hunk: Hunk, side: "added" | "removed", names: readonly string[]): boolean => {
    const words = readWords(hunk.units.flatMap(({ unit }) => units[unit]?.[side] ?? []));
    return names.some((name) => words.has(name));
  };
  const before = hunks.filter((hunk) => uses(hunk, "removed", dropped));
  const after = hunks.filter((hunk) => uses(hunk, "added", brought));
  return [
    ...before.map((hunk) => ({ hunk, goesWith: 1 })),
    ...after.map((hunk) => ({ hunk, goesWith: after.length })),
  ];
}
