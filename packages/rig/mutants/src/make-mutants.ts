import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { type Change, type Mutant, nameMutants } from "./mutant.ts";
import { type DecidingPart, isChanged } from "./parts.ts";

/** The code of a part with every change in it, each behind a switch that is off. */
export interface SwitchedCode {
  readonly mutants: readonly Mutant[];
  /** Code by absolute path. */
  readonly code: Readonly<Record<string, string>>;
  /** Absolute paths. */
  readonly tests: readonly string[];
}

/** A log that keeps nothing: whatever is called on it, no level is on. */
const SILENT = new Proxy({}, { get: () => () => false }) as ConstructorParameters<typeof Instrumenter>[0];

/** Puts every change of Stryker's into the code of a part. Reads files alone; `files` narrows which are changed. */
export async function makeMutants(root: string, part: DecidingPart, files = "**"): Promise<SwitchedCode> {
  const narrowed = new Set(globSync(files, { cwd: root }));
  const paths = globSync([...part.code], { cwd: root })
    .filter(isChanged)
    .sort();
  const sources = paths
    .filter((path) => files === "**" || narrowed.has(path))
    .map((path) => ({
      name: join(root, path),
      mutate: true,
      content: readFileSync(join(root, path), "utf8"),
    }));
  const made = await new Instrumenter(SILENT).instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  const changes = made.mutants.map(({ id, fileName, mutatorName, replacement, location }): Change => {
    const lines = (sources.find(({ name }) => name === fileName)?.content ?? "").split("\n");
    return {
      file: fileName.slice(root.length + 1),
      line: location.start.line + 1,
      mutator: mutatorName,
      id,
      lineText: lines[location.start.line] ?? "",
      before: cut(lines, location),
      after: replacement,
    };
  });
  return {
    mutants: nameMutants(changes),
    code: Object.fromEntries(made.files.map(({ name, content }) => [name, content])),
    tests: globSync([...part.tests], { cwd: root })
      .filter((path) => !path.endsWith(".growth.test.ts"))
      .sort()
      .map((path) => join(root, path)),
  };
}

interface Span {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The text between two places, lines and columns from 0. */
function cut(lines: readonly string[], { start, end }: Span): string {
  const within = lines.slice(start.line, end.line + 1);
  const last = within.length - 1;
  return within
    .map((line, index) =>
      line.slice(index === 0 ? start.column : 0, index === last ? end.column : line.length),
    )
    .join("\n");
}
