import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

const MOST_LEVELS = 12;

/** Names of the submodules' git folders below `modules` of a git folder, with those of their own submodules. */
export function listModules(gitFolder: string, around = "", level = 0): string[] {
  const folder = join(gitFolder, "modules", around);
  if (level > MOST_LEVELS || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    const name = join(around, entry.name);
    return isGitFolder(join(folder, entry.name))
      ? [name, ...listModules(gitFolder, join(name, "modules"), level + 1)]
      : listModules(gitFolder, name, level + 1);
  });
}

function isGitFolder(path: string): boolean {
  const look = (name: string) => lstatSync(join(path, name), { throwIfNoEntry: false });
  return look("HEAD")?.isFile() === true && look("objects")?.isDirectory() === true;
}
