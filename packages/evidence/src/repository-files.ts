import type { Frame } from "./thrown.ts";

/** The files of a repository, arranged for looking up by their last name. */
export type RepositoryFiles = {
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** False where the listing was cut: a file that is not found may still exist. */
  readonly complete: boolean;
};

/** Where a frame's path leads in the repository. `file` always comes from the listing, never from the event. */
export type FileMatch =
  | { readonly kind: "exact" | "suffix" | "compiled"; readonly file: string }
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "none" };

const NO_MATCH: FileMatch = { kind: "none" };
const MOST_CANDIDATES = 5;

/** Arranges a listing of paths. */
export function arrangeFiles(paths: readonly string[], complete = true): RepositoryFiles {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  return { byName, complete };
}

/**
 * Strips what bundlers, browsers and operating systems put before a path: `app:///`, `webpack-internal:///(rsc)/./`,
 * `https://host/`, `file:///`, drives, `./`, queries. Returns segments; empty for what is no file.
 */
export function pathSegments(path: string): string[] {
  const plain = path
    .slice(0, 2000)
    .replace(/[?#].*$/, "")
    .replaceAll("\\", "/")
    .replace(
      /^(?:webpack(?:-internal)?|rsc|turbopack|app|capacitor|file):\/\/\/?(?:_N_E\/|\[project\]\/)?/i,
      "/",
    )
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "")
    .replace(/^\/?[A-Za-z]:(?=\/)/, "");
  return plain
    .split("/")
    .map((segment) => decodeSegment(segment))
    .filter(
      (segment) =>
        !["", ".", "..", "~"].includes(segment) &&
        !/^\((?:rsc|ssr|app-pages-browser|action-browser|middleware|api|edge-server)\)$/.test(segment),
    );
}

function decodeSegment(segment: string): string {
  try {
    return segment.includes("%") ? decodeURIComponent(segment) : segment;
  } catch {
    return segment;
  }
}

/** Finds the file of a frame: by its path, its absolute path, then its module (`app.cart`, `com.acme.Cart`). */
export function findFile(files: RepositoryFiles, frame: Frame): FileMatch {
  const paths = [frame.path, frame.absolutePath].filter((path) => path !== null);
  const module = modulePaths(frame);
  const matches = [...module, ...paths].map((path) => findPath(files, path));
  return (
    matches.find((match) => match.kind === "exact" || match.kind === "suffix") ??
    matches.find((match) => match.kind === "compiled") ??
    matches.find((match) => match.kind === "ambiguous") ??
    NO_MATCH
  );
}

/** Java and Python name the folder in the module; the file name alone would be ambiguous. */
function modulePaths(frame: Frame): string[] {
  if (frame.module === null || !/^[\w$]+(?:\.[\w$]+)+$/.test(frame.module)) return [];
  const folders = frame.module.replace(/\$.*$/, "").replaceAll(".", "/");
  const extension = /\.(java|kt|scala|groovy|py)$/.exec(frame.path ?? "")?.[0];
  return extension === undefined ? [] : [`${folders}${extension}`];
}

/** Finds the file that a reported path means. */
export function findPath(files: RepositoryFiles, path: string): FileMatch {
  const segments = pathSegments(path);
  const found = longestSuffix(files, segments);
  if (found.kind !== "none" || isDependency(segments)) return found;
  return findCompiled(files, segments);
}

const isDependency = (segments: readonly string[]): boolean =>
  segments.some((segment) => /^(?:node_modules|site-packages|dist-packages|\.pnpm|\.yarn)$/.test(segment));

/**
 * The file with the longest common end. One of the two must be a whole end of the other (a deployed prefix, or a
 * package folder of a monorepo); or they share a folder and the name. Equally long ends are ambiguous.
 */
function longestSuffix(files: RepositoryFiles, segments: readonly string[]): FileMatch {
  const candidates = (files.byName.get(segments.at(-1) ?? "") ?? []).map((file) => {
    const own = file.split("/");
    const shared = sharedEnd(own, segments);
    return { file, shared, whole: shared === own.length || shared === segments.length };
  });
  const dependency = isDependency(segments);
  const plausible = candidates.filter(({ shared, whole }) =>
    dependency ? shared === segments.length : whole || shared >= 2,
  );
  if (plausible.length === 0) return NO_MATCH;
  const longest = Math.max(...plausible.map(({ shared }) => shared));
  const best = plausible.filter(({ shared }) => shared === longest);
  const same = best.find(({ file }) => file === segments.join("/"));
  if (same !== undefined) return { kind: "exact", file: same.file };
  const whole = best.filter((one) => one.file.split("/").length === one.shared);
  const [only] = whole.length === 1 ? whole : best;
  if (only !== undefined && (best.length === 1 || whole.length === 1))
    return { kind: "suffix", file: only.file };
  return {
    kind: "ambiguous",
    candidates: best
      .map(({ file }) => file)
      .toSorted()
      .slice(0, MOST_CANDIDATES),
  };
}

function sharedEnd(one: readonly string[], other: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(one.length, other.length) && one.at(-1 - shared) === other.at(-1 - shared))
    shared += 1;
  return shared;
}

/** Without source maps a frame names the build's output: `dist/cart.js` was `src/cart.ts`. */
function findCompiled(files: RepositoryFiles, segments: readonly string[]): FileMatch {
  const name = /^(.+)\.([cm]?)jsx?$/.exec(segments.at(-1) ?? "");
  if (name === null) return NO_MATCH;
  const folders = segments
    .slice(0, -1)
    .map((folder) => (/^(?:dist|build|lib|out|\.output)$/.test(folder) ? "src" : folder));
  for (const extension of [`${name[2]}ts`, "tsx", "jsx"]) {
    const found = longestSuffix(files, [...folders, `${name[1]}.${extension}`]);
    if (found.kind === "ambiguous") return found;
    if (found.kind !== "none") return { kind: "compiled", file: found.file };
  }
  return NO_MATCH;
}
