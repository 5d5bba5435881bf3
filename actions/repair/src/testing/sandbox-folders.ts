import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CommandFolders } from "../sandbox/sandbox.ts";

/** The folders of a command, below one that everybody may pass; they are gone after the test. */
export function makeSandboxFolders(owner?: number): {
  readonly root: string;
  readonly folders: CommandFolders;
} {
  const root = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  chmodSync(root, 0o755);
  const make = (name: string) => {
    mkdirSync(join(root, name));
    if (owner !== undefined) chownSync(join(root, name), owner, owner);
    return join(root, name);
  };
  const [workspace, home, temporary, task] = [make("workspace"), make("home"), make("tmp"), make("task")];
  return { root, folders: { workspace, home, temporary, task, programs: [], git: task, objects: task } };
}
