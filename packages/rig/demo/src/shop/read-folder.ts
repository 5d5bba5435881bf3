import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** All files below a folder by their path with `/`; what npm installed is left out. */
export async function readAppFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.split(sep).includes("node_modules"));
  const files = await Promise.all(
    paths.sort().map(async (path) => {
      const name = relative(folder, path).split(sep).join("/");
      return [name, await readFile(path, "utf8")] as const;
    }),
  );
  return Object.fromEntries(files);
}
