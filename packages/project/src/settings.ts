import { parse, stringify } from "yaml";

type Settings = Readonly<Record<string, unknown>>;

const isSettings = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of a pnpm-workspace.yaml that say which packages are installed, as dependencies of a package.json do. */
const DEPENDENCIES: ReadonlySet<string> = new Set([
  ...["catalog", "catalogs", "overrides", "packageExtensions", "patchedDependencies"],
  ...[
    "peerDependencyRules",
    "allowedDeprecatedVersions",
    "minimumReleaseAgeExclude",
    "ignoredOptionalDependencies",
  ],
]);

/**
 * A pnpm-workspace.yaml whose dependencies are the patch's, and whose other settings are the base's. Where one of the
 * two is no mapping, the base's as a whole.
 * @returns the patched text itself where nothing but dependencies differs
 */
export function keepWorkspaceSettings(
  base: string | undefined,
  patched: string | undefined,
): string | undefined {
  const [before, after] = [base, patched].map(readYaml);
  if (before === undefined || after === undefined) return base;
  const split = (all: Settings, wanted: boolean): Settings =>
    Object.fromEntries(Object.entries(all).filter(([key]) => DEPENDENCIES.has(key) === wanted));
  if (isSame(split(before, false), split(after, false))) return patched;
  return stringify({ ...split(before, false), ...split(after, true) });
}

function readYaml(text: string | undefined): Settings | undefined {
  try {
    const value: unknown = text === undefined ? undefined : (parse(text, { logLevel: "silent" }) ?? {});
    return isSettings(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Which built-in names there are and what is emitted: a fix may need them, and no check becomes weaker by them. */
const LANGUAGE = ["lib", "target"];

/** How modules are found and read: a fix may need them, and tests notice. */
const MODULES = [
  ...["module", "moduleResolution", "moduleDetection", "types", "resolveJsonModule", "esModuleInterop"],
  ...["allowSyntheticDefaultImports", "downlevelIteration", "jsx", "jsxImportSource", "customConditions"],
];

/** What a change of a tsconfig.json comes to. */
export type KeptOptions = { readonly content: string | undefined; readonly helps: boolean };

/**
 * A tsconfig.json with the patch's say in the language and its modules, and the base's in everything else, such as how
 * strictly is checked and which files are. Where one of the two is no JSON, the base's as a whole.
 */
export function keepCompilerOptions(base: string | undefined, patched: string | undefined): KeptOptions {
  const [before, after] = [base, patched].map(readJsonWithComments);
  if (before === undefined || after === undefined) return { content: base, helps: false };
  const [ours, theirs] = [before, after].map((file) =>
    isSettings(file["compilerOptions"]) ? file["compilerOptions"] : {},
  ) as [Settings, Settings];
  const taken = (names: readonly string[]): Settings =>
    Object.fromEntries(names.filter((name) => name in theirs).map((name) => [name, theirs[name]]));
  const without = (options: Settings, names: readonly string[]): Settings =>
    Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
  const free = [...LANGUAGE, ...MODULES];
  const helps = MODULES.some((name) => !isSame(ours[name], theirs[name]));
  const strip = (file: Settings, options: Settings): Settings => ({
    ...file,
    compilerOptions: without(options, free),
  });
  if (isSame(strip(before, ours), strip(after, theirs))) return { content: patched, helps };
  const kept = { ...before, compilerOptions: { ...without(ours, free), ...taken(free) } };
  return { content: `${JSON.stringify(kept, null, 2)}\n`, helps };
}

/** Comments and commas before a closing bracket, outside of texts. */
const ASIDE =
  /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*(?:\/\/[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*[}\]])/g;

function readJsonWithComments(text: string | undefined): Settings | undefined {
  try {
    const value: unknown = JSON.parse((text ?? "").replace(/^\uFEFF/, "").replace(ASIDE, "$1"));
    return isSettings(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** By content: the order of keys is no difference. */
function isSame(one: unknown, other: unknown): boolean {
  if (!isSettings(one) || !isSettings(other)) return JSON.stringify(one) === JSON.stringify(other);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}
