import { readPackageUri } from "./dart-packages.ts";
import { readReportedPath } from "./reported-path.ts";
import type { Frame } from "./thrown.ts";

/** One of the places where a frame says that its file lies. */
export type FrameEvidence = {
  readonly segments: readonly string[];
  /** At most so many leading segments need not be in the repository; null if that is unknown. */
  readonly machine: number | null;
  readonly windows: boolean;
  /**
   * `path`: the repository may begin anywhere in it. `import`: it is complete from a root of imports on, so a file
   * whose path is shorter is another one. `namespace`: folders of a namespace, of which a project may leave out the
   * first ones at its root of sources.
   */
  readonly kind: "path" | "import" | "namespace";
};

/** Every place that a frame names: by its path, its absolute path, its module and its package. */
export function listEvidence(frame: Frame): FrameEvidence[] {
  const paths = [frame.path, frame.absolutePath].filter((path) => path !== null);
  const uri = readPackageUri(frame);
  if (uri !== undefined) return [importEvidence([uri.name, "lib", ...uri.path.split("/")], 1)];
  const named = paths.filter((path) => !NO_FILE.test(path));
  const reported = named.map((path) => pathEvidence(path, frame.module));
  const windows = reported.some((one) => one.windows);
  const evidence = [...loosenAddress(reported, named), ...moduleEvidence(frame, named[0] ?? null)];
  return evidence.map((one) => ({ ...one, windows }));
}

/** On the web a source map's address comes before its paths: the folders before a path that is known are the server's. */
function loosenAddress(
  evidence: readonly FrameEvidence[],
  paths: readonly string[],
): readonly FrameEvidence[] {
  const [short, long] = evidence;
  if (short === undefined || long === undefined || !/^https?:/i.test(paths[1] ?? "")) return evidence;
  const before = long.segments.length - short.segments.length;
  const isEnd = before > 0 && long.segments.slice(before).join("/") === short.segments.join("/");
  return isEnd && short.segments.length > 1 ? [short, { ...long, machine: before }] : evidence;
}

/** What is reported for a file that the compiler left out or made up. */
const NO_FILE =
  /^(?:SourceFile|Unknown Source|Native Method|unknown|\?|<.*>|.*\$\$Synthetic\w*|.*\$\$Lambda.*)$/;

function pathEvidence(path: string, module: string | null): FrameEvidence {
  const reported = readReportedPath(path);
  const dotted = reported.segments.join(".").replace(/(?:\.__init__)?\.pyw?$/, "");
  const isImport = /\.pyw?$/.test(path) && reported.machine === 0 && module === dotted;
  const hosted = reported.machine === 0 && path.endsWith(".go") ? countModuleRoot(reported.segments) : null;
  if (hosted !== null) return { ...reported, machine: hosted, kind: "import" };
  return { ...reported, kind: isImport ? "import" : "path" };
}

const importEvidence = (segments: readonly string[], machine: number): FrameEvidence => ({
  segments,
  machine,
  windows: false,
  kind: "import",
});

/** The folders that a module names, by the rules of its language. */
function moduleEvidence({ module }: Frame, path: string | null): FrameEvidence[] {
  if (module === null || module.length > 500) return [];
  const name = path === null ? null : (readReportedPath(path).segments.at(-1) ?? null);
  const extension = /\.(\w+)$/.exec(name ?? "")?.[1] ?? "";
  if (extension === "go") return goEvidence(module, name ?? "");
  if (name !== null && JVM.has(extension)) return [jvmEvidence(module, name)];
  if (extension === "py" && path !== null && !/[/\\]/.test(path) && module.includes("."))
    return [
      importEvidence([...module.split(".").slice(0, name === "__init__.py" ? undefined : -1), name ?? ""], 0),
    ];
  return name === null ? namelessEvidence(module) : [];
}

const JVM = new Set(["java", "kt", "kts", "scala", "groovy", "clj"]);

/** Where only a class is known, its file is called like it. */
function namelessEvidence(module: string): FrameEvidence[] {
  const plain = module.replace(/^Elixir\./, "").replace(/[$+`<(].*$/, "");
  const names = plain.split(".");
  if (names.length < 2 || names.some((name) => !/^\w+$/.test(name))) return [];
  const own = names.at(-1) ?? "";
  if (/^[a-z]/.test(plain)) {
    const file = own.replace(/(?<=\w)Kt$/, "");
    return ["java", "kt", "scala", "groovy"].map((extension) => jvmEvidence(plain, `${file}.${extension}`));
  }
  const folders = names.slice(0, -1);
  return [
    ...["cs", "fs", "vb"].map((extension) => namespaceEvidence([...folders, `${own}.${extension}`])),
    importEvidence([...folders.map(toSnake), `${toSnake(own)}.ex`], 0),
  ];
}

const toSnake = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();

const namespaceEvidence = (segments: readonly string[]): FrameEvidence => ({
  segments,
  machine: 0,
  windows: false,
  kind: "namespace",
});

/** The module is a class, its packages the folders; the class may be a second one in the file, or one that a file makes. */
function jvmEvidence(module: string, name: string): FrameEvidence {
  const packages = module
    .replace(/^[\w.]+\//, "")
    .replace(/\$.*$/, "")
    .split(".")
    .slice(0, -1);
  return namespaceEvidence([...packages, name]);
}

/** The module is the import path of the folder. `main` says nothing. */
function goEvidence(module: string, name: string): FrameEvidence[] {
  const folders = module.split("/");
  if (folders.length === 1 && !module.includes(".")) return [];
  const segments = [...folders.map((folder) => folder.replaceAll("%2e", ".")), name];
  return [importEvidence(segments, countModuleRoot(segments) ?? 1)];
}

/** `github.com/acme/shop/v2/pay/pay.go`: the module's own path ends before `pay`. Null if no host comes first. */
function countModuleRoot(segments: readonly string[]): number | null {
  const [host = "", , , version = ""] = segments;
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(host) || segments.length < 3) return null;
  const isForge = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/.test(host);
  const root = Math.min(isForge ? 3 : 2, segments.length - 1);
  return root === 3 && /^v\d+$/.test(version) ? 4 : root;
}
