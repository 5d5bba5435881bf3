import { type BaseFiles, type BaseFolder, findFolders } from "../base-files.ts";
import { installByPip, makePart, type NeededTool, type Part } from "../part.ts";

/** Files that make a folder a Python project. */
export const PYTHON_FILES =
  /^(pyproject\.toml|setup\.(py|cfg)|pytest\.ini|conftest\.py|tox\.ini|manage\.py|Pipfile|(.*[-_.])?requirements([-_.].*)?\.(txt|in))$/;

/** Requirements that tests may need, in the order in which pip takes them. */
const REQUIREMENTS =
  /^(requirements|requirements[-_.](dev|test|tests|testing|ci)|(dev|test|tests|testing)[-_.]requirements|requirements[-_]?(dev|test)s?)\.txt$/;

const TEST_GROUPS = /^(test|tests|testing|dev|develop|development|ci|unit)$/;

/** A name in the folder of tools, one for each project. */
const namePlace = (folder: string): string =>
  folder === "" ? "venv" : `venv-${folder.replace(/\W+/g, "-")}`;

/** The Python project of a folder; undefined where nothing in it says that there are tests. */
export async function findPython(folder: BaseFolder): Promise<Part | undefined> {
  const text = await readSettings(folder);
  const test = findTest(folder, text);
  return test === undefined ? undefined : describeProject(folder, text, test);
}

/** What a folder needs for a test command that is known from elsewhere. */
export async function describePython(path: string, files: BaseFiles, test: string): Promise<Part> {
  const folder = findFolders(files, PYTHON_FILES).find((each) => each.path === path) ?? {
    path,
    names: new Set<string>(),
    read: async () => undefined,
    holds: () => false,
  };
  return describeProject(folder, await readSettings(folder), test);
}

async function readSettings(folder: BaseFolder): Promise<Map<string, string>> {
  const text = new Map<string, string>();
  for (const name of folder.names)
    if (PYTHON_FILES.test(name) && !/\.(py|in)$/.test(name)) text.set(name, (await folder.read(name)) ?? "");
  return text;
}

function describeProject(folder: BaseFolder, text: ReadonlyMap<string, string>, test: string): Part {
  const place = namePlace(folder.path);
  const { setup, prepare, needs, variables, source } = findSetup(folder, text, test, place);
  return makePart({
    folder: folder.path,
    language: "Python",
    source,
    setup,
    ...(prepare === undefined ? {} : { prepare }),
    test,
    needs: [{ program: "python3" }, ...needs],
    places: { path: [`${place}/bin`], variables: { VIRTUAL_ENV: place, ...variables } },
    variables: {
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      ...(setup?.includes("uv sync") ? { UV_NO_SYNC: "1" } : {}),
    },
  });
}

function findTest({ names, path }: BaseFolder, text: ReadonlyMap<string, string>): string | undefined {
  const says = [...text].some(([name, words]) =>
    name === "setup.cfg" ? /\[tool:pytest\]|pytest/.test(words) : /\bpytest\b/.test(words),
  );
  if (says || names.has("pytest.ini") || names.has("conftest.py")) return "python -m pytest";
  if (names.has("manage.py")) return "python manage.py test";
  const hasTests = [...names].some((name) => /^(test_.*|.*_test)\.py$/.test(name));
  // pytest runs what is written for unittest, and does not call it green where there is nothing.
  const isProject = text.size > 0 || names.has("setup.py");
  return hasTests || (isProject && (names.has("tests") || (path === "" && names.has("test"))))
    ? "python -m pytest"
    : undefined;
}

type Setup = Pick<Part, "setup" | "source"> & {
  readonly prepare?: string;
  readonly needs: readonly NeededTool[];
  readonly variables: Readonly<Record<string, string>>;
};

const NAMED_TOOLS: readonly (readonly [lock: string, tool: string, setup: string])[] = [
  ["poetry.lock", "poetry", "poetry install --no-interaction"],
  ["pdm.lock", "pdm", "pdm install --frozen-lockfile"],
  ["Pipfile.lock", "pipenv", "pipenv install --dev --deploy"],
];

function findSetup(
  folder: BaseFolder,
  text: ReadonlyMap<string, string>,
  test: string,
  place: string,
): Setup {
  const prepare = openEnvironment(place);
  const pyproject = text.get("pyproject.toml") ?? "";
  const variables = { UV_PROJECT_ENVIRONMENT: place, UV_PYTHON_INSTALL_DIR: "python" };
  if (folder.names.has("uv.lock") || /^\[tool\.uv[\].]/m.test(pyproject)) {
    const locked = folder.holds("uv.lock") ? " --locked" : "";
    // uv refuses an empty lockfile, and makes one where there is none.
    const begin = folder.names.has("uv.lock") && locked === "" ? "rm uv.lock && " : "";
    const parts = [
      ...listNames(pyproject, "project.optional-dependencies").map((name) => ` --extra ${name}`),
      ...listNames(pyproject, "dependency-groups").map((name) => ` --group ${name}`),
      /^\[tool\.uv\.workspace\]/m.test(pyproject) ? " --all-packages" : "",
    ];
    return {
      setup: `${begin}uv sync${locked}${parts.join("")}`,
      source: "uv.lock",
      needs: [{ program: "uv", install: installByPip("uv") }],
      variables,
    };
  }
  const named =
    NAMED_TOOLS.find(([lock]) => folder.names.has(lock)) ??
    (/^\[tool\.poetry\.(group|dev-dependencies|dependencies)/m.test(pyproject)
      ? (NAMED_TOOLS[0] as (typeof NAMED_TOOLS)[number])
      : undefined);
  if (named !== undefined) {
    const [source, tool, setup] = named;
    const needs = [{ program: tool, install: installByPip(tool) }];
    return { setup, source, prepare, needs, variables: {} };
  }
  return { ...findPipSetup(folder, text, test), prepare, needs: [], variables: {} };
}

/** A place for packages that sees those of the machine, so that nothing is fetched that is there. */
const openEnvironment = (place: string): string =>
  `[ -x "$PATCHPILOT_TOOLS/${place}/bin/python" ] || python3 -m venv --system-site-packages "$PATCHPILOT_TOOLS/${place}"`;

function findPipSetup(
  folder: BaseFolder,
  text: ReadonlyMap<string, string>,
  test: string,
): Pick<Part, "setup" | "source"> {
  const files = [...folder.names].filter((name) => REQUIREMENTS.test(name)).sort(shortFirst);
  const pyproject = text.get("pyproject.toml") ?? "";
  const groups = listNames(pyproject, "dependency-groups");
  const runner = test.includes("pytest") ? ["pytest"] : [];
  const wanted = [
    ...files.map((name) => `-r ${name}`),
    ...findItself(folder, pyproject, text.get("setup.cfg") ?? ""),
    ...groups.map((name) => `--group ${name}`),
  ];
  const source =
    files[0] ?? ["pyproject.toml", "setup.py", "setup.cfg"].find((name) => folder.names.has(name));
  const newer = groups.length > 0 ? "python -m pip install --upgrade 'pip>=25.1' && " : "";
  if (wanted.length > 0)
    return {
      setup: `${newer}python -m pip install ${[...wanted, ...runner].join(" ")}`,
      source: source ?? "pytest.ini",
    };
  // Nothing says what is needed: the machine's packages are, and the runner if it has none.
  const alone = "python -c 'import pytest' 2>/dev/null || python -m pip install pytest";
  return { setup: runner.length > 0 ? alone : undefined, source: source ?? "pytest.ini" };
}

/** The package itself with what its tests need; without a build system only what it names can be installed. */
function findItself(folder: BaseFolder, pyproject: string, settings: string): string[] {
  if (!folder.names.has("setup.py") && !/^\[build-system\]/m.test(pyproject))
    return [
      ...(/^dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m
        .exec(findTable(pyproject, "project"))?.[1]
        ?.matchAll(/"([^"]+)"|'([^']+)'/g) ?? []),
    ].map(([, double, single]) => `'${(double ?? single ?? "").replaceAll("'", '"')}'`);
  const extras = [
    ...listNames(pyproject, "project.optional-dependencies"),
    ...listNames(settings, "options.extras_require"),
  ];
  return [extras.length > 0 ? `-e '.[${extras.join(",")}]'` : "-e ."];
}

const shortFirst = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** The lines of a table of a TOML or INI file. */
const findTable = (text: string, name: string): string =>
  text
    .split(/^(?=\[[\w"])/m)
    .find((part) => part.startsWith(`[${name}]`))
    ?.slice(name.length + 2) ?? "";

/** Names in a table that tests may need. */
const listNames = (text: string, table: string): string[] =>
  [...findTable(text, table).matchAll(/^["']?([\w-]+)["']?\s*=/gm)].flatMap(([, name = ""]) =>
    TEST_GROUPS.test(name) ? [name] : [],
  );
