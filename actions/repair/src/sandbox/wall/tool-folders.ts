import { basename, dirname, isAbsolute } from "node:path";

/** Where the job works: nothing that holds one of these folders is shown for the sake of a tool. */
export type Place = {
  readonly home: string | undefined;
  readonly workspace: string;
  readonly temporaryFolder: string;
};

/** Folders of programs whose neighbours are settings and credentials. */
const CLOSE_NEIGHBOURS = /^\.(local|cargo)$/;

/**
 * The folders that programs in PATH need: what lies beside `bin`, such as `lib`, belongs to the tool.
 * @param place.runner folders of the runner, which are hidden
 */
export function toolFolders(path: string, place: Place & { readonly runner: readonly string[] }): string[] {
  const kept = [place.home, place.workspace, place.temporaryFolder, ...place.runner].filter(
    (folder) => folder !== undefined,
  );
  const isTool = (folder: string) => folder !== "/" && !kept.some((each) => holds(folder, each));
  return path.split(":").flatMap((entry) => {
    const folder = entry.replace(/\/+$/, "");
    if (!isAbsolute(folder) || !isTool(folder)) return [];
    const around = dirname(folder);
    const wide = /^(bin|sbin|shims)$/.test(basename(folder)) && !CLOSE_NEIGHBOURS.test(basename(around));
    return [wide && isTool(around) ? around : folder];
  });
}

/** Whether a path is a folder, or lies in it. */
export const holds = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);
