/** The files of the base commit. A work tree that an agent could change is never asked. */
export type BaseFiles = {
  /** Paths of its plain files, from the top. */
  readonly paths: readonly string[];
  /** Text of a file; undefined where there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Whether a file holds nothing: an empty lockfile locks nothing. */
  readonly isEmpty: (path: string) => boolean;
};

/** Git's name of a file that holds nothing. */
const EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/**
 * The files of a commit by their blobs, each read once.
 * @param most files that are read; any more count as absent
 */
export function openBaseFiles(
  oids: ReadonlyMap<string, string>,
  readBlob: (oid: string) => Promise<Buffer>,
  most = Number.POSITIVE_INFINITY,
): BaseFiles {
  const texts = new Map<string, Promise<string>>();
  return {
    paths: [...oids.keys()],
    isEmpty: (path) => oids.get(path) === EMPTY,
    read: (path) => {
      const oid = oids.get(path);
      const known = oid === undefined ? undefined : texts.get(oid);
      if (oid === undefined || (known === undefined && texts.size >= most)) return Promise.resolve(undefined);
      const text = known ?? readBlob(oid).then((content) => content.toString("utf8"));
      texts.set(oid, text);
      return text;
    },
  };
}

/** One folder of the base commit. */
export type BaseFolder = {
  /** From the top; empty for the top itself. */
  readonly path: string;
  /** Files and folders that lie in it. */
  readonly names: ReadonlySet<string>;
  readonly read: (name: string) => Promise<string | undefined>;
  /** Whether a file of this name is there and holds something. */
  readonly holds: (name: string) => boolean;
};

export const joinPath = (folder: string, name: string): string =>
  folder === "" ? name : `${folder}/${name}`;

const parentFolder = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** Folders that hold others' code, or projects that tests and readers look at. */
const NOT_OURS =
  /(^|\/)(node_modules|bower_components|vendor|third[_-]?party|dist|fixtures?|__fixtures__|testdata|test-?data|snapshots|__snapshots__|templates?|cookbook|\.[^/]+)\//i;

/** Folders with a file of these names, the nearest to the top first; what is only a sample of a project is left out. */
export function findFolders(files: BaseFiles, manifests: RegExp): BaseFolder[] {
  const found = new Set(
    files.paths
      .filter((path) => manifests.test(path.slice(path.lastIndexOf("/") + 1)) && !NOT_OURS.test(path))
      .map(parentFolder),
  );
  const depth = (path: string) => (path === "" ? 0 : path.split("/").length);
  const folders = [...found].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const names = listNames(files.paths, new Set(folders));
  return folders.map((path) => ({
    path,
    names: names.get(path) ?? new Set(),
    read: (name) =>
      names.get(path)?.has(name) ? files.read(joinPath(path, name)) : Promise.resolve(undefined),
    holds: (name) => (names.get(path)?.has(name) ?? false) && !files.isEmpty(joinPath(path, name)),
  }));
}

function listNames(paths: readonly string[], wanted: ReadonlySet<string>): Map<string, Set<string>> {
  const names = new Map([...wanted].map((folder) => [folder, new Set<string>()]));
  for (const path of paths) {
    let at = path.length;
    while (at > 0) {
      const slash = path.lastIndexOf("/", at - 1);
      names.get(path.slice(0, Math.max(0, slash)))?.add(path.slice(slash + 1, at));
      at = slash;
    }
  }
  return names;
}
