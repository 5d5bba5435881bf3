import { judgeFileKind } from "@patchpilot/patch-policy/text";
import { attachImports } from "./attach-imports.ts";
import type { CutFile, Hunk, Unit } from "./change.ts";
import { patchedLine } from "./compose-file.ts";
import { splitLines } from "./split-file.ts";

/** Kept lines between two units that are still one hunk, if none of them is blank. */
const NEAR = 3;

/** The hunks of a change whose need the tests can show: code and settings, in the order of files and lines. Pure. */
export function listHunks(files: readonly CutFile[]): Hunk[] {
  const installed = files.filter(({ path }) => saysWhatIsInstalled(path));
  const others = files.filter(({ path }) => !saysWhatIsInstalled(path));
  return [
    ...mergeFiles(installed.flatMap((file) => listFileHunks(file))),
    ...others.flatMap((file) => attachImports(file, listFileHunks)),
  ];
}

/** What says which packages are installed goes as one. */
export const saysWhatIsInstalled = (path: string): boolean =>
  judgeFileKind(path) === "lockfile" ||
  /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|go\.mod|Cargo\.toml|Gemfile|composer\.json|pyproject\.toml|Pipfile|requirements[\w.-]*\.txt|pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj|mix\.exs|pubspec\.yaml)$/.test(
    path,
  );

function mergeFiles(hunks: readonly Hunk[]): Hunk[] {
  const [first] = hunks;
  return first === undefined ? [] : [{ ...first, units: hunks.flatMap(({ units }) => units) }];
}

function listFileHunks(file: CutFile, isLeft = (_unit: number): boolean => false): Hunk[] {
  const hunks: Hunk[] = [];
  const lines = splitLines(file.base ?? "");
  let end = Number.NEGATIVE_INFINITY;
  for (const [unit, one] of file.units.entries()) {
    if (one.kind !== "code" && one.kind !== "mixed") continue;
    if (isLeft(unit)) continue;
    const hunk = makeHunk(file, one, unit);
    const last = hunks.at(-1);
    if (last !== undefined && isNear(lines, end, one)) hunks[hunks.length - 1] = join(last, hunk);
    else hunks.push(hunk);
    end = one.at + one.removed.length;
  }
  return hunks;
}

const isNear = (lines: readonly string[], end: number, { at, added }: Unit): boolean =>
  at - end <= NEAR && added[0]?.trim() !== "" && lines.slice(end, at).every((line) => line.trim() !== "");

function makeHunk({ path, units }: CutFile, { at, removed, added }: Unit, unit: number): Hunk {
  const line = patchedLine(units, unit);
  return {
    path,
    lines: [line, line + Math.max(0, added.length - 1)],
    baseLines: [at + 1, at + Math.max(1, removed.length)],
    units: [{ path, unit }],
    imports: [],
  };
}

const join = (one: Hunk, other: Hunk): Hunk => ({
  path: one.path,
  lines: [one.lines[0], other.lines[1]],
  baseLines: [one.baseLines[0], other.baseLines[1]],
  units: [...one.units, ...other.units],
  imports: [...one.imports, ...other.imports],
});
