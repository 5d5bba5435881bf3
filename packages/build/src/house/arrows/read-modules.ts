import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A source file with what it imports. */
export type SourceFile = {
  /** Path below its workspace's folder, such as `src/run.ts`. */
  readonly path: string;
  /** Specifiers as written, in order. */
  readonly imports: readonly string[];
  readonly readsEnvironment: boolean;
};

/** Where workspaces are, by their kind; a copy of the repository may lack the rig. */
const PLACES = { package: "packages", rig: "packages/rig", action: "actions" } as const;

/** One folder under packages/, packages/rig/ or actions/. */
export type Workspace = {
  readonly kind: keyof typeof PLACES;
  /** The folder's name. */
  readonly name: string;
  /** Path from the repository's root, such as `packages/ledger`. */
  readonly folder: string;
  /** What it is for, by its package.json. */
  readonly description: string;
  /** Names in `dependencies` of its package.json. */
  readonly dependencies: readonly string[];
  /** Names in `devDependencies`: its tests alone may use them. */
  readonly testDependencies: readonly string[];
  /** Sources that end up in a bundle: neither tests nor what stands in a folder named testing. */
  readonly sources: readonly SourceFile[];
};

/** Reads every workspace of a repository. */
export function readWorkspaces(repository: string): Workspace[] {
  return (Object.keys(PLACES) as (keyof typeof PLACES)[]).flatMap((kind) =>
    globSync(`${PLACES[kind]}/*/package.json`, { cwd: repository })
      .map((path) => basename(dirname(path)))
      .sort()
      .map((name) => readWorkspace(repository, kind, name)),
  );
}

function readWorkspace(repository: string, kind: Workspace["kind"], name: string): Workspace {
  const folder = join(repository, PLACES[kind], name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    description?: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const paths = globSync("src/**/*.ts", { cwd: folder })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".test.ts") && !path.includes("/testing/"));
  return {
    kind,
    name,
    folder: `${PLACES[kind]}/${name}`,
    description: manifest.description ?? "",
    dependencies: Object.keys(manifest.dependencies ?? {}),
    testDependencies: Object.keys(manifest.devDependencies ?? {}),
    sources: paths.sort().map((path) => readSource(path, readFileSync(join(folder, path), "utf8"))),
  };
}

const IMPORT =
  /(?:^|[;}\s])(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/g;

export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

/** Imports of a text, static, dynamic and type-only; comments are not code. */
export function readSource(path: string, text: string): SourceFile {
  const code = withoutComments(text);
  const imports = [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? "");
  return { path, imports, readsEnvironment: /\bprocess\s*(\.\s*env\b|\[\s*["']env)/.test(code) };
}
