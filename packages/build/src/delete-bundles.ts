/**
 * What `npm run build` does first: turbo restores the files of an earlier build beside those that are there, and a chunk under
 * an old name would be released.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { actionFolders } from "./repository.ts";

for (const folder of actionFolders()) rmSync(join(folder, "dist"), { recursive: true, force: true });
