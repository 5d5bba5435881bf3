import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { askGit, type GitPlace, git } from "@patchpilot/git";

/** A git folder for one release, which reads the checkout's objects and writes its own. */
export type GitFolder = { readonly place: GitPlace; readonly remove: () => void };

/**
 * The modes of the source commit count, whatever the folder that files are written to keeps of them; and nothing may work on
 * in the background when the folder is removed.
 */
const CONFIGURATION = "[core]\n\tfileMode = false\n[maintenance]\n\tauto = false\n[gc]\n\tauto = 0\n";

/** @param checkout folder whose objects are read */
export async function openGitFolder(checkout: string, path = process.env["PATH"] ?? ""): Promise<GitFolder> {
  const root = mkdtempSync(join(tmpdir(), "release-git-"));
  const place = { gitFolder: join(root, "git"), index: join(root, "index"), cwd: root, path };
  const objects = resolve(
    checkout,
    await askGit({ cwd: checkout, path }, ["rev-parse", "--git-path", "objects"]),
  );
  await git({ cwd: root, path }, ["init", "--quiet", "--bare", "--template=", place.gitFolder]);
  appendFileSync(join(place.gitFolder, "config"), CONFIGURATION);
  mkdirSync(join(place.gitFolder, "objects", "info"), { recursive: true });
  writeFileSync(join(place.gitFolder, "objects", "info", "alternates"), `${objects}\n`);
  return { place, remove: () => rmSync(root, { recursive: true, force: true }) };
}
