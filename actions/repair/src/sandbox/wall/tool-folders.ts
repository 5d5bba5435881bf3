import { basename, dirname, isAbsolute } from "node:path";

/** Where the job works: nothing that holds one of these folders is shown for the sake of a tool. */
export type JobPlace = {
  readonly home: string | undefined;
  readonly workspace: string;
  readonly temporaryFolder: string;
  /** Folders of the runner, which are hidden. */
  readonly runner: readonly string[];
};

/** Folders of programs whose neighbours are settings and credentials. */
const CLOSE_NEIGHBOURS = /^\.(local|cargo)$/;

/** The folders that programs in PATH need: what lies beside `bin`, such as `lib`, belongs to the tool. */
export function findToolFolders(path: string, place: JobPlace): string[] {
  return path.split(":").flatMap((entry) => {
    const folder = entry.replace(/\/+$/, "");
    if (!isAbsolute(folder) || !isTool(folder, place)) return [];
    const around = dirname(folder);
    const wide = /^(bin|sbin|shims)$/.test(basename(folder)) && !CLOSE_NEIGHBOURS.test(basename(around));
    return [wide && isTool(around, place) ? around : folder];
  });
}

/** Whether a folder may be shown for the sake of a tool: it holds nothing of the job's. */
export function isTool(folder: string, { home, workspace, temporaryFolder, runner }: JobPlace): boolean {
  const kept = [home, workspace, temporaryFolder, ...runner].filter((each) => each !== undefined);
  return folder !== "/" && !kept.some((each) => holds(folder, each));
}

/** Whether a path is a folder, or lies in it. */
export const holds = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);
