import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes files and folders away, also where folders are write-protected, as those of Go's module cache are. What cannot
 * be taken away, such as another account's, stays: it must not cost anybody the work that is still to be saved.
 */
export async function removeFolders(paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map(removeFolder));
}

async function removeFolder(path: string): Promise<void> {
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 2 });
  await remove().catch(async () => {
    await unprotect(path);
    await remove().catch(() => undefined);
  });
}

/** Links are left as they are, and what they lead to. */
async function unprotect(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await unprotect(join(folder, entry.name));
}
