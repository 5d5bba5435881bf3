/**
 * The file of a checkout that a frame names: by its path, or by the end of it, as Java's frames name a file by its
 * package's folders (`com/acme/Cart.java`). An end that several files have, and a name without a folder, say nothing.
 * Pure.
 */
export function findNamedFile(paths: ReadonlySet<string>, named: string): string | undefined {
  if (paths.has(named)) return named;
  if (!/^[^/]+\/./.test(named)) return undefined;
  const [found, ...others] = [...paths].filter((path) => path.endsWith(`/${named}`));
  return others.length === 0 ? found : undefined;
}
