import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { join, relative } from "node:path";

/** A folder of the workspace, and which of its dependencies come with it; by default all. */
export type Wanted = { readonly folder: string; readonly dependencies?: readonly string[] };

/**
 * Copies folders of a pnpm workspace with what they depend on to another root, links and all, as if the
 * repository had been installed there. Bundles are left out.
 */
export function copyInstalled(root: string, wanted: readonly Wanted[], target: string): void {
  const seen = new Set<string>();
  const visit = (path: string, dependencies?: readonly string[]): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const bundle = path.includes("/node_modules/") ? undefined : join(path, "dist");
    copyFolder(path, join(target, relative(root, path)), bundle);
    for (const link of linksOf(path))
      if (dependencies === undefined || dependencies.some((name) => link.endsWith(`/${name}`)))
        visit(ownerOf(realpathSync(link)));
  };
  for (const { folder, dependencies } of wanted) visit(realpathSync(join(root, folder)), dependencies);
}

/** Files are linked where that can be done: there are thousands, and on a busy disk their bytes take minutes. */
function copyFolder(from: string, to: string, leftOut?: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (source === leftOut) continue;
    if (entry.isDirectory()) copyFolder(source, copy, leftOut);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), copy);
    else linkFile(source, copy);
  }
}

function linkFile(source: string, copy: string): void {
  try {
    linkSync(source, copy);
  } catch {
    copyFileSync(source, copy);
  }
}

/** Links in a workspace's own node_modules, or, for an installed package, beside it. */
function linksOf(folder: string): string[] {
  const modules = folder.includes("/node_modules/.pnpm/") ? folder : join(folder, "node_modules");
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@")
        ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    )
    .filter((path) => lstatSync(path).isSymbolicLink());
}

/** The node_modules folder that pnpm made for an installed package, or the workspace itself. */
function ownerOf(path: string): string {
  return /^(.*\/node_modules\/\.pnpm\/[^/]+\/node_modules)\//.exec(path)?.[1] ?? path;
}
