/** Reads a file at the top of the base commit; undefined where there is none. */
export type ReadBaseFile = (name: string) => Promise<string | undefined>;

/** How a project is set up and tested, as its files say. Undefined: they do not say. */
export type ProjectCommands = { readonly setup: string | undefined; readonly test: string | undefined };

/** What npm writes into a new package.json. */
const NO_TEST = /no test specified/i;

/** In the order in which make looks for them. */
export const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"] as const;

/** Names at the top of a commit that say how it is set up and tested; no other is asked for. */
export const PROJECT_FILES: readonly string[] = [
  ...[
    "package.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    ".yarnrc.yml",
    "package-lock.json",
    "npm-shrinkwrap.json",
  ],
  ...MAKEFILES,
  ...["go.mod", "Cargo.toml", "gradlew", "pom.xml", "Gemfile", "spec", "composer.json", "composer.lock"],
  ...["pytest.ini", "conftest.py", "pyproject.toml", "setup.cfg", "requirements-dev.txt", "requirements.txt"],
];

/** How the files of one kind of project say it; undefined: there is none. */
type Finder = (names: ReadonlySet<string>, read: ReadBaseFile) => Promise<ProjectCommands | undefined>;

const fromPackageJson: Finder = async (names, read) => {
  if (!names.has("package.json")) return undefined;
  const { scripts, packageManager } = readJson(await read("package.json"));
  const script = (scripts as Record<string, unknown> | undefined)?.["test"];
  if (typeof script !== "string" || NO_TEST.test(script)) return undefined;
  const manager = findManager(names, packageManager);
  return { setup: manager.setup, test: `${manager.name} test` };
};

function findManager(
  names: ReadonlySet<string>,
  named: unknown,
): { name: string; setup: string | undefined } {
  const name = typeof named === "string" ? (named.split("@")[0] ?? "") : "";
  if (names.has("pnpm-lock.yaml")) return { name: "pnpm", setup: "pnpm install --frozen-lockfile" };
  if (names.has("yarn.lock")) {
    const berry = names.has(".yarnrc.yml") || /^yarn@[2-9]/.test(String(named));
    return { name: "yarn", setup: `yarn install ${berry ? "--immutable" : "--frozen-lockfile"}` };
  }
  if (names.has("package-lock.json") || names.has("npm-shrinkwrap.json"))
    return { name: "npm", setup: "npm ci" };
  // Without a lockfile nobody knows what to install; a project without dependencies needs nothing.
  return { name: ["pnpm", "yarn"].includes(name) ? name : "npm", setup: undefined };
}

const fromMakefile: Finder = async (names, read) => {
  const name = MAKEFILES.find((each) => names.has(each));
  if (name === undefined) return undefined;
  const hasTarget = /^test\s*:(?!=)/m.test((await read(name)) ?? "");
  return hasTarget ? { setup: undefined, test: "make test" } : undefined;
};

const fromPython: Finder = async (names, read) => {
  const says = async (name: string, words: RegExp) => names.has(name) && words.test((await read(name)) ?? "");
  const pytest =
    names.has("pytest.ini") ||
    names.has("conftest.py") ||
    (await says("pyproject.toml", /pytest/)) ||
    (await says("setup.cfg", /\[tool:pytest\]/)) ||
    (await says("requirements-dev.txt", /^pytest/m)) ||
    (await says("requirements.txt", /^pytest/m));
  return pytest ? { setup: undefined, test: "python -m pytest" } : undefined;
};

const fromComposer: Finder = async (names, read) => {
  if (!names.has("composer.json")) return undefined;
  const { scripts } = readJson(await read("composer.json"));
  if ((scripts as Record<string, unknown> | undefined)?.["test"] === undefined) return undefined;
  return { setup: names.has("composer.lock") ? "composer install" : undefined, test: "composer test" };
};

/** In this order; the first that knows a test command counts. */
const FINDERS: readonly Finder[] = [
  fromPackageJson,
  fromMakefile,
  async (names) => (names.has("go.mod") ? { setup: undefined, test: "go test ./..." } : undefined),
  async (names) => (names.has("Cargo.toml") ? { setup: undefined, test: "cargo test" } : undefined),
  fromPython,
  async (names) => (names.has("gradlew") ? { setup: undefined, test: "./gradlew test" } : undefined),
  async (names) => (names.has("pom.xml") ? { setup: undefined, test: "mvn -B test" } : undefined),
  async (names) =>
    names.has("Gemfile") && names.has("spec")
      ? { setup: "bundle install", test: "bundle exec rspec" }
      : undefined,
  fromComposer,
];

/**
 * Tells how the base commit is set up and tested. Never asked about a work tree that an agent could change.
 * @param names files and folders at the top
 * @param given commands that a person named; they count for more than the files
 */
export async function findProjectCommands(
  names: ReadonlySet<string>,
  read: ReadBaseFile,
  given: ProjectCommands = { setup: undefined, test: undefined },
): Promise<ProjectCommands> {
  if (given.setup !== undefined && given.test !== undefined) return given;
  for (const find of FINDERS) {
    const found = await find(names, read);
    if (found !== undefined) return { setup: given.setup ?? found.setup, test: given.test ?? found.test };
  }
  return given;
}

function readJson(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
