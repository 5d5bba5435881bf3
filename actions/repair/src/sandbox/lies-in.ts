import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { holds } from "./wall/tool-folders.ts";

/**
 * Whether a path lies in a folder, or leads through it. Commands write to the checkout: they can put a link in the place of
 * such a path, and to show it for its own sake is to show what the link leads to.
 */
export function liesIn(folder: string, path: string): boolean {
  if (holds(folder, path) || holds(real(folder), real(path))) return true;
  const around = dirname(path);
  return around !== path && liesIn(folder, around);
}

export function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
