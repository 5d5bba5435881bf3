import type { Source } from "../sources/parse-source.ts";
import type { Workspace } from "./read-workspaces.ts";

/**
 * Who may know whom among our own packages; what is not here is forbidden. Packages that decide know no
 * provider, a provider knows `http` and the foundations alone, nothing that is only for development is ever bundled, and nothing
 * outside the rig knows the rig.
 */
export const DECIDING: readonly string[] = [
  "incident",
  "verdict",
  "evidence",
  "project",
  "test-report",
  "status",
];
export const PROVIDERS: readonly string[] = ["github", "sentry", "vercel", "posthog"];
/** What every package may import, and what imports none. */
export const FOUNDATIONS: readonly string[] = ["optional", "owner", "time"];
const BUNDLED = [
  "action-kit",
  ...DECIDING,
  "git",
  "patch-policy",
  "http",
  ...PROVIDERS,
  "ledger",
  "connections",
  "acceptance",
  "checks",
  ...FOUNDATIONS,
];

const PACKAGES_OF: Readonly<Record<string, readonly string[]>> = {
  "action-kit": [],
  git: [],
  http: [],
  ...Object.fromEntries(DECIDING.map((name) => [name, DECIDING])),
  ...Object.fromEntries(PROVIDERS.map((name) => [name, ["http"]])),
  "patch-policy": ["action-kit", "evidence", "git", "project"],
  ledger: ["incident", "status", "github"],
  connections: ["action-kit", "http", ...PROVIDERS],
  acceptance: ["action-kit", "http", "evidence", "incident", "github", "ledger"],
  checks: ["action-kit", "http", ...PROVIDERS, "connections", "ledger", "incident", "evidence"],
  workflow: [],
  cli: ["http", "github", "checks", "connections", "evidence"],
  build: [...BUNDLED, "workflow"],
};

/** Packages from outside that one package alone may import. */
const SOLE_IMPORTERS: readonly { readonly packages: RegExp; readonly importer: string }[] = [
  { packages: /^@actions\/core$/, importer: "action-kit" },
  { packages: /^(@octokit\/|octokit$)/, importer: "github" },
  // It is three times as large as what bundles need of it; the commands of a release are not bundled.
  { packages: /^@actions\/github$/, importer: "build" },
];

/** What a package that only decides must not touch; `node:net` is no matter of effects where it is asked for `isIP`. */
export const EFFECTS = /^(node:)?(fs|http|https|http2|dns|tls|child_process|worker_threads|timers|os)(\/|$)/;

const ENVIRONMENT = /\bprocess\s*(\.\s*env\b|\[\s*["']env)/;

const OURS = /^@patchpilot\/([\w-]+)/;

/** Every forbidden arrow, one sentence each. */
export function findForbiddenArrows(workspaces: readonly Workspace[]): string[] {
  return workspaces.filter(isProduct).flatMap((workspace) => {
    const where = workspace.folder;
    const declared = [...workspace.dependencies, ...workspace.testDependencies].flatMap((name) =>
      findFaults(workspace, name).map((fault) => `${where}/package.json ${fault}`),
    );
    const imported = workspace.sources.flatMap((source) =>
      [
        ...source.imports.flatMap(({ specifier }) => findFaults(workspace, specifier)),
        ...sourceFaults(workspace, source),
      ].map((fault) => `${where}/${source.path} ${fault}`),
    );
    return [...declared, ...imported];
  });
}

/** Whether it is there without the rig: what users run, and what makes it. */
export const isProduct = ({ kind }: Workspace): boolean => kind !== "rig";

/** Whether it may end up in what users run. */
export function isBundled({ kind, name }: Workspace): boolean {
  return kind === "action" || BUNDLED.includes(name);
}

/** The packages that a workspace outside the rig may import, by the rules above. */
export function mayImport({ kind, name }: Workspace): readonly string[] {
  if (kind === "action") return BUNDLED;
  if (FOUNDATIONS.includes(name)) return [];
  return [...new Set([...(PACKAGES_OF[name] ?? []), ...FOUNDATIONS])].filter((other) => other !== name);
}

/** The name of a package or an action of ours, as imports and package.json spell it; undefined for others. */
export const ourName = (specifier: string): string | undefined => OURS.exec(specifier)?.[1];

function findFaults(workspace: Workspace, specifier: string): string[] {
  const sole = SOLE_IMPORTERS.find(({ packages }) => packages.test(specifier));
  if (sole && sole.importer !== workspace.name)
    return [`names ${specifier}, which only packages/${sole.importer} may import.`];
  const ours = ourName(specifier);
  if (ours === undefined) return [];
  if (ours.startsWith("action-") && ours !== "action-kit")
    return [`names ${specifier}; an action is never imported, packages are.`];
  return mayImport(workspace).includes(ours)
    ? []
    : [`names ${specifier}; ${workspace.name} may not know ${ours}.`];
}

function sourceFaults(workspace: Workspace, { path, code, imports }: Source): string[] {
  if (!isBundled(workspace)) return [];
  const names = imports.map(({ specifier }) => specifier);
  const escapes = names.filter((name) => leavesFolder(path, name));
  const effects = DECIDING.includes(workspace.name) ? names.filter((name) => EFFECTS.test(name)) : [];
  return [
    ...(ENVIRONMENT.test(code.join("\n")) && workspace.name !== "action-kit"
      ? ["reads process.env, which only packages/action-kit may do."]
      : []),
    ...escapes.map((name) => `imports ${name}, which lies outside its own folder.`),
    ...effects.map((name) => `imports ${name}; ${workspace.name} decides without I/O.`),
  ];
}

/** Whether a relative import of a file below `src/` climbs out of the workspace. */
function leavesFolder(path: string, specifier: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const climbs = specifier.split("/").filter((part) => part === "..").length;
  return climbs > path.split("/").length - 1;
}
