/** A path as a frame reports it, without what bundlers, browsers and machines put around it. */
export type ReportedPath = {
  /** Folders and name. Empty for what is no file. */
  readonly segments: readonly string[];
  /** At most so many of the leading folders are the machine's and none of the repository; null if that is unknown. */
  readonly machine: number | null;
  /** Whether it comes from Windows, which ignores case. */
  readonly windows: boolean;
};

/** Webpack's layers, which come first and before `./`; anywhere else such a folder is a route group. */
const LAYER =
  /^\/?\((?:rsc|ssr|app-pages-browser|pages-dir-browser|action-browser|middleware|api|edge-server|instrument|shared)\)\/(?=\.{1,2}\/)/;
const BUNDLER_SCHEME =
  /^(?:webpack(?:-internal)?|turbopack|app|capacitor|ionic|file|metro|vite):\/\/\/?(?:_N_E\/)?/i;

/** Reads a path: `app:///`, `webpack-internal:///(rsc)/./`, `https://host/`, `file:///`, drives, `./` and queries go. */
export function readReportedPath(path: string): ReportedPath {
  const slashed = path.slice(0, 2000).replaceAll("\\", "/");
  const inner = slashed.replace(/^(?:rsc|about):\/\/React\/[^/]*\/(?=[a-z-]+:|\/)/i, "");
  const isWeb = /^(?:https?|blob):/i.test(inner);
  const isBundled = BUNDLER_SCHEME.test(inner) && !/^file:/i.test(inner);
  const plain = inner
    .replace(isWeb ? /[?#].*$/ : /\?.*$/, "")
    .replace(/ \[[\w-]+\] \([^/]*\).*$/, "")
    .replace(/\(\d+\) : (?:eval|runtime-created).*$/, "")
    .replace(BUNDLER_SCHEME, "/")
    .replace(/^(?:blob:)?[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "")
    .replace(LAYER, "/");
  const isAbsolute = !isWeb && !isBundled && /^(?:\/|[A-Za-z]:\/)/.test(plain.replace(/^\/@fs(?=\/)/, ""));
  const segments = plain
    .replace(/^\/?[A-Za-z]:(?=\/)/, "")
    .replace(/^\/?\[project\](?=\/)/, "")
    .split("/")
    .map(decodeSegment)
    .filter((segment) => !["", ".", "..", "~", "@fs"].includes(segment));
  return {
    segments,
    machine: isAbsolute ? countMachineFolders(segments) : countNamespace(inner),
    windows: path.includes("\\") || /^(?:file:\/\/\/?)?[A-Za-z]:/.test(slashed),
  };
}

/** Folders and name of a path as it is reported; empty for what is no file. */
export const pathSegments = (path: string): readonly string[] => readReportedPath(path).segments;

/** `webpack://@acme/web/./src/cart.ts` names the package before the path. */
function countNamespace(path: string): number {
  const namespace = /^webpack:\/\/(@[^/]+\/[^/]+|[^/@][^/]*)\//i.exec(path)?.[1];
  return namespace === undefined || namespace === "_N_E" ? 0 : namespace.split("/").length;
}

function decodeSegment(segment: string): string {
  try {
    return segment.includes("%") ? decodeURIComponent(segment) : segment;
  } catch {
    return segment;
  }
}

/** Where images, functions, servers and builds keep a repository; `*` is one folder of any name. */
const MACHINE_ROOTS = [
  ..."app code workspace project repo site src build backend server web _ _1".split(" "),
  ..."srv/* opt/* data/* usr/src/* home/*/* Users/*/* root/* tmp/* builds/*/* workspaces/*".split(" "),
  ..."var/task var/www/html var/www/* var/www/*/current var/www/*/releases/* opt/*/current".split(" "),
  ..."github/workspace home/runner/work/*/* Users/runner/work/*/* a/*/* a/*/s home/vsts/work/*/s".split(" "),
  ..."vercel/path* opt/build/repo opt/render/project/src codebuild/output/*/src drone/src bitrise/src".split(
    " ",
  ),
  ..."Users/vagrant/git Volumes/workspace/repository home/expo/workingdir/build go/src/*".split(" "),
  ..."go/src/*/*/* private/var/containers/Bundle/Application/*/*".split(" "),
].map((root) => root.split("/"));

function countMachineFolders(segments: readonly string[]): number | null {
  const fitting = MACHINE_ROOTS.filter(
    (root) =>
      root.length < segments.length && root.every((folder, at) => matchesFolder(folder, segments[at] ?? "")),
  );
  return fitting.length === 0 ? null : Math.max(...fitting.map((root) => root.length));
}

const matchesFolder = (folder: string, segment: string): boolean =>
  folder.endsWith("*") ? segment.startsWith(folder.slice(0, -1)) : folder === segment;
