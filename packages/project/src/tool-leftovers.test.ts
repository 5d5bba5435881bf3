import { expect, test } from "vitest";
import { findToolLeftovers, findToolPlace } from "./tool-leftovers.ts";

type Files = Readonly<Record<string, string>>;

/** New files, and those of the base. */
type Sample = readonly [Files, (readonly string[])?];

/** Which of the new files a tool left, beside files of the base. */
function leftAmong(files: Files, base: readonly string[] = []): string[] {
  const paths = Object.keys(files);
  const all = [...base, ...paths];
  const found = findToolLeftovers(paths, {
    isFolderOnBase: (folder) => base.some((path) => path.startsWith(`${folder}/`)),
    namesIn: (folder) =>
      all.flatMap((path) => {
        const below =
          folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
        return below === "" ? [] : [below.split("/", 1)[0] ?? ""];
      }),
    readText: (path) => files[path],
  });
  return [...found.keys()];
}

const TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# made by a tool\n";

const left: Readonly<Record<string, Sample>> = {
  "uv and virtualenv: a folder that ignores itself": [{ "env/.gitignore": "*\n", "env/lib/a.py": "x" }],
  "python -m venv: a folder with pyvenv.cfg": [{ "myenv/pyvenv.cfg": "home = /usr", "myenv/bin/python": "" }],
  "pytest, ruff, mypy: comments before the star": [
    { "x/.gitignore": "# Created by it.\n*\n", "x/v/ids": "[]" },
  ],
  "cargo: target with CACHEDIR.TAG": [{ "out/CACHEDIR.TAG": TAG, "out/debug/a.d": "" }],
  "maven: target beside pom.xml": [{ "target/classes/App.txt": "" }, ["pom.xml", "src/App.java"]],
  "gradle: build of a module beside its build file": [
    { "app/build/tmp/x": "", ".gradle/8.5/checksums.bin": "" },
    ["app/build.gradle.kts"],
  ],
  "dotnet: bin and obj beside a project": [
    { "Shop/obj/a.json": "", "Shop/bin/Debug/a.txt": "" },
    ["Shop/Shop.csproj"],
  ],
  "python: byte code anywhere": [{ "shop/__pycache__/a.cpython-311.pyc": "", "old.pyc": "" }],
  "java and elixir: byte code": [{ "src/App.class": "", "lib/shop.beam": "" }],
  "jest, vitest, c8: a report of coverage": [
    { "coverage/lcov.info": "", "coverage/lcov-report/index.html": "" },
  ],
  "coverage.py": [{ ".coverage": "", ".coverage.host.1": "", "htmlcov/index.html": "" }],
  "playwright: results and report": [
    { "test-results/.last-run.json": "{}", "playwright-report/index.html": "" },
    ["playwright.config.ts"],
  ],
  "next, turbo, svelte-kit": [{ ".next/a": "", "apps/web/.turbo/x.log": "", ".svelte-kit/b": "" }],
  "aider: histories and tags": [{ ".aider.chat.history.md": "", ".aider.tags.cache.v4/cache.db": "" }],
  "opencode: a .gitignore that names itself": [
    {
      ".opencode/.gitignore": "node_modules\npackage.json\nbun.lock\n.gitignore\n",
      ".opencode/package.json": "{}",
      ".opencode/bun.lock": "",
    },
  ],
  "setuptools: egg-info": [{ "src/shop.egg-info/PKG-INFO": "" }],
  "claude code: what it keeps for one user": [{ ".claude/settings.local.json": "{}" }],
};
test.each(Object.entries(left))("left by %s", (_, [files, base]) => {
  expect(leftAmong(files, base)).toEqual(Object.keys(files));
});

const kept: Readonly<Record<string, Sample>> = {
  "a .gitignore that keeps an empty folder": [{ "uploads/.gitignore": "*\n!.gitignore\n" }],
  "a .gitignore of some names": [{ "web/.gitignore": "dist\n", "web/app.ts": "" }],
  "a folder of the base that is made to ignore itself": [
    { "src/.gitignore": "*\n", "src/new.ts": "" },
    ["src/a.ts"],
  ],
  "the root that is made to ignore itself": [{ ".gitignore": "*\n", "a.ts": "" }],
  "a package cache that the base keeps": [{ ".yarn/cache/left-pad.zip": "" }, [".yarn/cache/right-pad.zip"]],
  "a folder called target without a build beside it": [{ "src/target/aim.ts": "" }, ["src/index.ts"]],
  "a folder called build of the project's own scripts": [{ "build/release.js": "" }, ["package.json"]],
  "a folder called coverage that holds code": [{ "src/coverage/map.ts": "" }],
  "a tag without the signature": [{ "x/CACHEDIR.TAG": "no\n", "x/a.ts": "" }],
  "settings of an agent that a team shares": [{ ".claude/settings.json": "{}" }],
  "a folder called bin": [{ "bin/serve": "" }, ["package.json"]],
};
test.each(Object.entries(kept))("kept: %s", (_, [files, base]) => {
  expect(leftAmong(files, base)).toEqual([]);
});

test("twenty thousand files of one folder take no time that grows with their square", () => {
  const files = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`.venv/lib/f${at}`, ""]));
  expect(leftAmong({ ".venv/.gitignore": "*", ...files })).toHaveLength(20_002);
});

test("names alone tell caches and byte code", () => {
  expect(["a/__pycache__/b.pyc", ".pytest_cache/README.md", "src/cart.ts"].map(findToolPlace)).toEqual([
    "a/__pycache__",
    ".pytest_cache",
    undefined,
  ]);
});
