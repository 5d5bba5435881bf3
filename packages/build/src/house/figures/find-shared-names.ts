import type { Source } from "../sources/parse-source.ts";

/** Names that two files or more export, with these files. */
export function findSharedNames(sources: readonly Source[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { path, exports } of sources)
    for (const name of new Set(exports.map((each) => each.name)))
      owners.set(name, [...(owners.get(name) ?? []), path]);
  return new Map([...owners].filter(([, files]) => files.length > 1));
}
