import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";

/** A file of a scratch repository: text or bytes, or a link, or a program. */
export type ScratchFile = string | Uint8Array | { readonly link: string } | { readonly program: string };

export type ScratchFiles = Readonly<Record<string, ScratchFile>>;

/** A real git repository with one commit, on which patches are made as a worker makes them. */
export type ScratchRepository = {
  readonly folder: string;
  readonly base: string;
  readonly git: TestGit;
  /** The patch from the base to these files, and the tree that git makes of them. */
  readonly patchTo: (files: ScratchFiles) => { readonly patch: Buffer; readonly tree: string };
  readonly remove: () => void;
};

export function scratchRepository(files: ScratchFiles): ScratchRepository {
  const folder = mkdtempSync(join(tmpdir(), "propose-"));
  const git = testGit(folder);
  git(["init", "--quiet", "--initial-branch=main"]);
  writeAll(folder, files);
  git(["add", "--all", "--force"]);
  git(["commit", "--quiet", "--allow-empty", "--message", "base"]);
  const base = git(["rev-parse", "HEAD"]).toString().trim();
  const patches = new Map<string, { readonly patch: Buffer; readonly tree: string }>();
  return {
    folder,
    base,
    git,
    patchTo: (after) => {
      const known = patches.get(JSON.stringify(after));
      if (known) return known;
      git(["rm", "-r", "--quiet", "--force", "--ignore-unmatch", "."]);
      writeAll(folder, after);
      git(["add", "--all", "--force"]);
      const patch = git(["diff", "--cached", "--binary", "--full-index", "--no-renames", base]);
      const tree = git(["write-tree"]).toString().trim();
      git(["reset", "--quiet", "--hard", base]);
      patches.set(JSON.stringify(after), { patch, tree });
      return { patch, tree };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeAll(folder: string, files: ScratchFiles): void {
  for (const [path, file] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    if (typeof file === "string" || file instanceof Uint8Array) writeFileSync(full, file);
    else if ("link" in file) symlinkSync(file.link, full);
    else {
      writeFileSync(full, file.program);
      chmodSync(full, 0o755);
    }
  }
}
