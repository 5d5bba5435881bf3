import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseSource, type Source } from "../sources/parse-source.ts";

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
  /** Sources that are neither tests nor what tests share, by their path below the folder, such as `src/run.ts`. */
  readonly sources: readonly Source[];
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
    sources: paths
      .sort()
      .map((path) => parseSource({ path, text: readFileSync(join(folder, path), "utf8") })),
  };
}
