import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sayDiskIsFull } from "../process/disk-full.ts";
import { removeFolders } from "./remove-folders.ts";

/** Folders of one run, outside of the checkout. */
export type Scratch = {
  /** Where the copy of the git folder will be; not made yet. */
  readonly vault: string;
  /** Git folders that commands have in the place of the checkout's. */
  readonly agentGit: string;
  readonly projectGit: string;
  readonly task: string;
  readonly agentHome: string;
  readonly projectHome: string;
  readonly temporary: string;
  readonly programs: string;
  /** Takes away what the sandbox could write to, and the room that was kept back, so that there is space to save. */
  readonly makeRoom: () => Promise<void>;
  /**
   * @param hurried takes only the room away that was kept back: a cancelled job has seconds, which are for saving. The
   * runner clears its folder before the next job.
   */
  readonly close: (hurried: boolean) => Promise<void>;
};

/** Bytes kept back from whoever fills the disk. */
const KEPT_BACK = 4 * 1024 * 1024;

/** @throws DiskFull */
export async function openScratch(temporaryFolder: string): Promise<Scratch> {
  try {
    await mkdir(temporaryFolder, { recursive: true });
    const root = await mkdtemp(join(temporaryFolder, "patchpilot-repair-"));
    // A job of root's has somebody else work in it.
    if (process.getuid?.() === 0) await chmod(root, 0o711);
    const folders = {
      task: join(root, "task"),
      agentHome: join(root, "agent"),
      projectHome: join(root, "project"),
      temporary: join(root, "tmp"),
      programs: join(root, "programs"),
      agentGit: join(root, "git", "agent"),
      projectGit: join(root, "git", "project"),
    };
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
    const keptBack = join(root, "kept-back");
    // Not zeros: a file system may store those in no room at all.
    await writeFile(keptBack, Buffer.alloc(KEPT_BACK, "PatchPilot keeps this room to save what was done. "));
    return {
      ...folders,
      vault: join(root, "vault"),
      makeRoom: () => removeFolders([keptBack, folders.agentHome, folders.projectHome, folders.temporary]),
      close: (hurried) => removeFolders([hurried ? keptBack : root]),
    };
  } catch (error) {
    sayDiskIsFull(error);
    throw error;
  }
}
