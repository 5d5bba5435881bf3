import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReleaseSource } from "./release-source.ts";
import { writeActionTree } from "./trees/action-tree.ts";
import { digestFiles, formatSums } from "./trees/tree-digest.ts";

/** The SHA-256 of every file of every release tree, as `sha256sum` writes it: `<sha256>  intake/action.yml`, sorted. */
export function listReleaseSums(source: ReleaseSource): string {
  const folder = mkdtempSync(join(tmpdir(), "release-sums-"));
  try {
    for (const action of Object.keys(source.actions)) writeActionTree(source, action, join(folder, action));
    return formatSums(digestFiles(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
