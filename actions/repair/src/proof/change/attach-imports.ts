import type { CutFile, Hunk, Unit, UsedImport } from "./change.ts";
import { readImports } from "./read-imports.ts";
import { readWords } from "./read-words.ts";

/** Lists the hunks of a file but for some of its units. */
type ListHunks = (file: CutFile, isLeft: (unit: number) => boolean) => Hunk[];

/** The hunks of a file with the imports that they use. An import that no hunk uses is a hunk. Pure. */
export function attachImports(file: CutFile, list: ListHunks): Hunk[] {
  const imports = new Map(
    file.units.flatMap((unit, index) => {
      const names = unit.kind === "code" && !file.isWhole ? readNames(file, unit) : undefined;
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

type Names = { readonly brought: readonly string[]; readonly dropped: readonly string[] };

/** The names that only one side of an import brings; undefined where code that stays may mean them, too. */
function readNames({ path, base = "", patched = "" }: CutFile, { removed, added }: Unit): Names | undefined {
  const [before, after] = [readImports(path, removed), readImports(path, added)];
  if (before === undefined || after === undefined) return undefined;
  const brought = [...after].filter((name) => !before.has(name));
  const dropped = [...before].filter((name) => !after.has(name));
  const [old, now] = [readWords([base]), readWords([patched])];
  const isMeantBeside = brought.some((name) => old.has(name)) || dropped.some((name) => now.has(name));
  return isMeantBeside ? undefined : { brought, dropped };
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
