import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "./build-bundle.ts";

/** Writes a bundle to a folder that holds nothing else afterwards. */
export function writeBundle(folder: string, bundle: Bundle): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of bundle) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
