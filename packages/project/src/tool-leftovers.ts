/** Names of folders that tools make for themselves, wherever they are. Nobody's change is in them. */
const FOLDERS = new Set(
  [
    "node_modules .venv __pycache__ __pypackages__ .pytest_cache .mypy_cache .ruff_cache .pytype .pyre .tox .nox",
    ".hypothesis .ipynb_checkpoints .eggs .pdm-build htmlcov .gradle .kotlin .bloop .metals .scala-build .bsp",
    ".dart_tool .next .nuxt .output .svelte-kit .astro .turbo .parcel-cache .angular .expo .nyc_output .sass-cache",
    ".pnpm-store .phpunit.cache .elixir_ls .stack-work dist-newstyle .zig-cache zig-cache zig-out .terraform",
    ".bundle .vs .rspec_cache .cache .jest-cache .docusaurus .wrangler .aider.tags.cache.v3 .aider.tags.cache.v4",
  ].flatMap((line) => line.split(" ")),
);

/** Names of files that tools make for themselves: byte code, caches, logs of crashes, histories of agents. */
const FILES = new RegExp(
  `^(${[
    String.raw`.*\.(py[co]|class|beam|elc|gcda|gcno|tsbuildinfo|profraw|snap\.new)`,
    String.raw`\.(eslintcache|stylelintcache|prettiercache|phpunit\.result\.cache|php-cs-fixer\.cache|php_cs\.cache)`,
    String.raw`\.coverage(\..*)?|\.rspec_status|\.dmypy\.json|\.pnp\.loader\.mjs\.tmp`,
    String.raw`(npm|yarn|pnpm|lerna)-(debug|error)\.log.*|hs_err_pid\d+\.log|core\.\d+`,
    String.raw`\.aider\..*|\.DS_Store|Thumbs\.db|\..*\.sw[op]`,
  ].join("|")})$`,
);

/** Endings of folder names that tools give to what they make. */
const FOLDER_ENDING = /\.(egg-info|dist-info|dSYM)$/;

/** Folders, and files, that are a tool's by the name of the folder above them. */
const BELOW = /(^|\/)(\.yarn\/(cache|unplugged)|vendor\/bundle|\.nx\/(cache|workspace-data))$/;
const BELOW_FILES = /(^|\/)(\.yarn\/(install-state\.gz|build-state\.yml)|\.claude\/settings\.local\.json)$/;

/** Folders that are a tool's by what is beside them. */
const BESIDE: Readonly<Record<string, RegExp>> = {
  target: /^(pom\.xml|Cargo\.toml|build\.sbt)$/,
  build: /^(build|settings)\.gradle(\.kts)?$|^pubspec\.yaml$/,
  bin: /\.(cs|fs|vb)proj$/,
  obj: /\.(cs|fs|vb)proj$/,
  _build: /^(mix\.exs|dune-project|rebar\.config)$/,
  deps: /^mix\.exs$/,
  "test-results": /^playwright\.config\.\w+$/,
  "playwright-report": /^playwright\.config\.\w+$/,
  "blob-report": /^playwright\.config\.\w+$/,
  ".build": /^Package\.swift$/,
};

/** Folders that are a tool's by what is in them. */
const INSIDE: Readonly<Record<string, RegExp>> = {
  coverage:
    /^(lcov\.info|coverage-(final|summary)\.json|clover\.xml|cobertura-coverage\.xml|\.last_run\.json)$/,
};

/** Files that say what their folder is, whatever it is called. */
const MARKERS = /^(CACHEDIR\.TAG|pyvenv\.cfg|\.gitignore)$/;

/** The beginning of every CACHEDIR.TAG. Source: https://bford.info/cachedir/ */
const CACHE_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55";

/** What is known of a repository's files beside their names. Paths have no slash at their end. */
export type LeftoverFacts = {
  /** Whether the base commit has files in a folder: what it keeps there is kept, and may change. */
  readonly isFolderOnBase: (folder: string) => boolean;
  /** Names in a folder, on the base commit or new. */
  readonly namesIn: (folder: string) => Iterable<string>;
  /** The beginning of a new file's text; undefined where it cannot be read. */
  readonly readText: (path: string) => string | undefined;
};

/**
 * Finds which new files are none of anybody's change: caches, byte code, installed packages, and folders that ignore
 * themselves. Pure, but for what the facts read.
 * @param paths files that the base commit does not have
 * @returns for each path that a tool left, the file or folder that it belongs to
 */
export function findToolLeftovers(paths: readonly string[], facts: LeftoverFacts): Map<string, string> {
  const marked = readMarkers(paths, facts);
  const roots = new Map<string, string | undefined>();
  const findRoot = (folder: string): string | undefined => {
    if (folder === "") return undefined;
    if (roots.has(folder)) return roots.get(folder);
    const above = findRoot(readParent(folder));
    const root = above ?? (isToolFolder(folder, marked, facts) ? folder : undefined);
    roots.set(folder, root);
    return root;
  };
  return new Map(
    paths.flatMap((path) => {
      const root = findRoot(readParent(path)) ?? (isToolFile(path, marked) ? path : undefined);
      return root === undefined ? [] : [[path, root]];
    }),
  );
}

/**
 * The file or folder by whose name alone a path is what a tool makes for itself; undefined where none is. It is not so
 * where the repository keeps that folder. Pure.
 */
export function findToolPlace(path: string): string | undefined {
  const parts = path.split("/");
  const places = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
  const isFolder = (place: string): boolean =>
    FOLDERS.has(readName(place)) || FOLDER_ENDING.test(place) || BELOW.test(place);
  return places.find(isFolder) ?? (FILES.test(readName(path)) || BELOW_FILES.test(path) ? path : undefined);
}

/** What markers say: whole folders, and names that a `.gitignore` that ignores itself keeps out below its folder. */
type Marked = {
  readonly folders: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
};

function readMarkers(paths: readonly string[], { readText }: LeftoverFacts): Marked {
  const folders = new Set<string>();
  const names = new Map<string, ReadonlySet<string>>();
  for (const path of paths) {
    const [folder, name] = [readParent(path), readName(path)];
    if (folder === "" || !MARKERS.test(name)) continue;
    if (name === "pyvenv.cfg") folders.add(folder);
    if (name === "CACHEDIR.TAG" && readText(path)?.startsWith(CACHE_SIGNATURE)) folders.add(folder);
    if (name !== ".gitignore") continue;
    const lines = ignoreLines(readText(path) ?? "");
    // With an exception to it, `*` keeps an empty folder in the repository: somebody means that file to be there.
    if (lines.some((line) => line.startsWith("!"))) continue;
    if (lines.includes("*")) folders.add(folder);
    // Nobody means to commit a file that names itself here, nor what it names.
    else if (lines.includes(".gitignore")) names.set(folder, new Set(lines.map(plainName)));
  }
  return { folders, names };
}

const ignoreLines = (text: string): string[] =>
  text.split(/\r?\n/).flatMap((line) => (line.trim() === "" || line.startsWith("#") ? [] : [line.trim()]));

const plainName = (line: string): string => line.replace(/^\/|\/$/g, "");

function isToolFolder(folder: string, marked: Marked, facts: LeftoverFacts): boolean {
  if (facts.isFolderOnBase(folder)) return false;
  const [parent, name] = [readParent(folder), readName(folder)];
  const has = (place: string, wanted: RegExp | undefined): boolean =>
    wanted !== undefined && [...facts.namesIn(place)].some((each) => wanted.test(each));
  return (
    FOLDERS.has(name) ||
    FOLDER_ENDING.test(name) ||
    BELOW.test(folder) ||
    marked.folders.has(folder) ||
    isNamedBySelfIgnoring(folder, marked) ||
    has(parent, BESIDE[name]) ||
    has(folder, INSIDE[name])
  );
}

const isToolFile = (path: string, marked: Marked): boolean =>
  FILES.test(readName(path)) || BELOW_FILES.test(path) || isNamedBySelfIgnoring(path, marked);

function isNamedBySelfIgnoring(path: string, { names }: Marked): boolean {
  if (names.size === 0) return false;
  for (let folder = readParent(path); folder !== ""; folder = readParent(folder))
    if (names.get(folder)?.has(readName(path))) return true;
  return false;
}

const readParent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const readName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
