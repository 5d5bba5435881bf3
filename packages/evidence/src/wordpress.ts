import type { RepositoryFiles } from "./file-match.ts";
import { pathSegments } from "./reported-path.ts";
import type { Frame } from "./thrown.ts";

/** How many folders lead to a plugin or a theme of WordPress, its own included: a repository may begin there. 0: none do. */
export function countPluginFolders(segments: readonly string[]): number {
  const at = segments.indexOf("wp-content");
  const isOne = at >= 0 && /^(?:plugins|themes|mu-plugins)$/.test(segments[at + 1] ?? "");
  return isOne && segments.length > at + 3 ? at + 3 : 0;
}

/**
 * Whether a file fits the place in a plugin or a theme, and nothing says that the repository is that one: a site has
 * many, and they have files of equal names. A plugin's main file is called like its folder.
 */
export function isOfUnknownPlugin(
  { byName }: RepositoryFiles,
  { path, absolutePath }: Pick<Frame, "path" | "absolutePath">,
  file: string,
): boolean {
  const segments = pathSegments(absolutePath ?? path ?? "");
  const count = countPluginFolders(segments);
  if (count === 0) return false;
  const [place, name = ""] = segments.slice(count - 2, count);
  const isPlugin = place === "plugins" && byName.get(`${name.toLowerCase()}.php`)?.includes(`${name}.php`);
  return !isPlugin && !file.split("/").includes(name);
}
