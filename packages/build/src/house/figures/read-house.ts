import { findForbiddenArrows, isBundled } from "../arrows/find-arrows.ts";
import { readWorkspaces } from "../arrows/read-workspaces.ts";
import { readTexts } from "../pages/read-texts.ts";
import { parseSource, type Source } from "../sources/parse-source.ts";
import { type Exported, readExported } from "./resolve-imports.ts";

/** All TypeScript of the repository, read once. */
export type House = {
  readonly sources: readonly Source[];
  /** Those that are neither tests nor what tests share. */
  readonly written: readonly Source[];
  /** Those of them that end up in what users run. */
  readonly shipped: readonly Source[];
  readonly exported: Exported;
  /** Sentences about arrows between rooms that may not be. */
  readonly forbidden: readonly string[];
};

export function readHouse(repository: string): House {
  const workspaces = readWorkspaces(repository);
  const rooms = workspaces.filter(isBundled).map(({ folder }) => `${folder}/src/`);
  const sources = readTexts(repository)
    .filter(({ path }) => path.endsWith(".ts"))
    .map(parseSource);
  const written = sources.filter(({ path }) => !isTest(path));
  return {
    sources,
    written,
    shipped: written.filter(({ path }) => rooms.some((room) => path.startsWith(room))),
    exported: readExported(repository),
    forbidden: findForbiddenArrows(workspaces),
  };
}

const isTest = (path: string): boolean => /\.test\.ts$|\/(testing|tests?)\//.test(path);
