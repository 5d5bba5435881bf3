import type { ReleasedFile } from "../released/read-released.ts";

/** What differs between the files of a release and those that are built anew, a sentence a file. */
export function compareFiles(released: readonly ReleasedFile[], built: readonly ReleasedFile[]): string[] {
  const anew = new Map(built.map((file) => [file.path, file]));
  const paths = new Set(released.map(({ path }) => path));
  return [
    ...released.flatMap((file) => compareFile(file, anew.get(file.path)) ?? []),
    ...built.filter(({ path }) => !paths.has(path)).map(({ path }) => `${path} is built, but not released.`),
  ].sort();
}

function compareFile(released: ReleasedFile, built: ReleasedFile | undefined): string | undefined {
  const { path } = released;
  if (built === undefined) return `${path} is released, but not built.`;
  if (built.sha256 !== released.sha256)
    return `${path} differs: SHA-256 ${released.sha256} is released, ${built.sha256} is built.`;
  if (built.mode !== released.mode)
    return `${path} has the mode ${released.mode} in the release, and is built with ${built.mode}.`;
  return undefined;
}
