import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Import, Source } from "../sources/parse-source.ts";
import type { Graph } from "./find-circles.ts";

/** What packages export, by specifier: paths of sources from the repository's root. */
export type Exported = ReadonlyMap<string, string>;

export function readExported(repository: string): Exported {
  const manifests = globSync("{packages,actions}/**/package.json", {
    cwd: repository,
    exclude: ["**/node_modules"],
  });
  return new Map(
    manifests.flatMap((manifest) => {
      const { name, exports } = JSON.parse(readFileSync(join(repository, manifest), "utf8")) as Manifest;
      return Object.entries(exports ?? {}).flatMap(([key, { source }]): [string, string][] =>
        source ? [[posix.join(name, key), posix.join(posix.dirname(manifest), source)]] : [],
      );
    }),
  );
}

type Manifest = {
  readonly name: string;
  readonly exports?: Readonly<Record<string, { readonly source?: string }>>;
};

/** The file of the repository that an import leads to, by its path from the root; undefined for all others. */
export const resolveImport = (from: string, specifier: string, exported: Exported): string | undefined =>
  specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : exported.get(specifier);

/** Which file leads to which, by those of its imports that `counts`. */
export const drawGraph = (
  sources: readonly Source[],
  exported: Exported,
  counts: (each: Import) => boolean = () => true,
): Graph =>
  new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter(counts).flatMap(({ specifier }) => resolveImport(path, specifier, exported) ?? []),
    ]),
  );
