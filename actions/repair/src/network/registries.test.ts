import { describe, expect, test } from "vitest";
import { formatAddress } from "./address.ts";
import { findRegistries, mayNameRegistries } from "./registries.ts";

/** What a file names beyond the defaults of its kind. */
function namedIn(path: string, text: string): string[] {
  const without = findRegistries([path], new Map()).map(formatAddress);
  expect(mayNameRegistries(path)).toBe(true);
  return findRegistries([path], new Map([[path, text]]))
    .map(formatAddress)
    .filter((name) => !without.includes(name));
}

const LOCK = `{"packages":{"node_modules/a":{
  "resolved": "https://npm.corp.example/a/-/a-1.0.0.tgz",
  "homepage": "https://home.example", "funding": {"url": "https://funding.example/a"}},
  "node_modules/b":{"resolved": "git+https://git.corp.example:8443/b.git#1"},
  "node_modules/c":{"resolved": "git+ssh://git@github.com/c/c.git#1"},
  "node_modules/d":{"resolved": "../d", "link": true}}}`;
const POM = `<project><url>https://home.example</url>
  <repositories><repository><id>a</id><url>
    https://maven.corp.example/a</url></repository></repositories>
  <distributionManagement><repository><url>https://deploy.example</url></repository></distributionManagement></project>`;
const GRADLE = `repositories {
  maven { url = uri("https://gradle.corp.example/a") }
  maven("https://kotlin.corp.example/a")
  maven { url 'http://nexus.corp.example:8081/a'
    credentials { username = "x" } }
}
publishing { pom { url = "https://home.example" } }`;
const PYPROJECT = `[project.urls]
url = "https://home.example"
[[tool.poetry.source]]
name = "corp"
url = "https://py.corp.example/simple/"
[[tool.uv.index]]
url = "https://uv.corp.example/simple/"
[tool.uv]
extra-index-url = ["https://more.corp.example/simple/"]
`;
const COMPOSER_LOCK = `{"packages": [{"name": "a/a", "source": {"type": "git", "url": "https://git.corp.example/a.git"},
  "dist": {"type": "zip", "url": "https://dist.corp.example/a.zip"}, "homepage": "https://home.example",
  "funding": [{"url": "https://funding.example"}]}]}`;

describe("a file", () => {
  test.each([
    ["package-lock.json", LOCK, ["npm.corp.example:443", "git.corp.example:8443"]],
    [
      "pnpm-lock.yaml",
      "  resolution: {integrity: x, tarball: https://pnpm.corp.example/a.tgz}\n",
      ["pnpm.corp.example:443"],
    ],
    ["yarn.lock", '  resolved "https://yarn.corp.example/a.tgz#1"\n', ["yarn.corp.example:443"]],
    [
      "yarn.lock",
      '  resolution: "a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fberry.corp.example%2Fa.tgz"\n',
      ["berry.corp.example:443"],
    ],
    [
      "web/.npmrc",
      "@corp:registry=https://npm.corp.example/\n//npm.corp.example/:_authToken=x\n",
      ["npm.corp.example:443"],
    ],
    [".yarnrc.yml", 'npmRegistryServer: "https://yarn.corp.example"\n', ["yarn.corp.example:443"]],
    [
      "requirements-dev.txt",
      "--extra-index-url https://py.corp.example/simple\n# https://home.example\na @ https://files.corp.example/a.whl\n",
      ["py.corp.example:443", "files.corp.example:443"],
    ],
    ["pip.conf", "[global]\nindex-url = https://py.corp.example/simple\n", ["py.corp.example:443"]],
    ["pyproject.toml", PYPROJECT, ["py.corp.example:443", "uv.corp.example:443", "more.corp.example:443"]],
    ["uv.lock", 'source = { registry = "https://uv.corp.example/simple" }\n', ["uv.corp.example:443"]],
    [
      ".cargo/config.toml",
      '[registries.corp]\nindex = "sparse+https://cargo.corp.example/index/"\n[http]\nproxy = "http://proxy.example"\n',
      ["cargo.corp.example:443"],
    ],
    ["Cargo.lock", 'source = "git+https://git.corp.example/a?rev=1#1"\n', ["git.corp.example:443"]],
    ["pom.xml", POM, ["maven.corp.example:443"]],
    [
      "app/build.gradle.kts",
      GRADLE,
      ["gradle.corp.example:443", "kotlin.corp.example:443", "nexus.corp.example:8081"],
    ],
    [
      "gradle/wrapper/gradle-wrapper.properties",
      "distributionUrl=https\\://gradle.corp.example/g.zip\n",
      ["gradle.corp.example:443"],
    ],
    ["Gemfile", 'source "https://gems.corp.example"\n', ["gems.corp.example:443"]],
    ["Gemfile.lock", "GEM\n  remote: https://gems.corp.example/\n", ["gems.corp.example:443"]],
    ["composer.lock", COMPOSER_LOCK, ["dist.corp.example:443", "git.corp.example:443"]],
    [
      "composer.json",
      '{"homepage": "https://home.example", "repositories": [{"type": "composer", "url": "https://php.corp.example"}]}',
      ["php.corp.example:443"],
    ],
    [
      "NuGet.Config",
      '<packageSources><add key="a" value="https://nuget.corp.example/v3/index.json" /></packageSources>',
      ["nuget.corp.example:443"],
    ],
  ])("%s names its registries and nothing else", (path, text, expected) => {
    expect(namedIn(path, text).sort()).toEqual([...expected].sort());
  });
});

test("each kind of project has its own registries, wherever its file lies", () => {
  expect(findRegistries(["services/api/go.mod"], new Map()).map(formatAddress)).toEqual([
    "proxy.golang.org:443",
    "sum.golang.org:443",
  ]);
});

test("a project of no known kind has none", () => {
  expect(findRegistries(["README.md", "check.sh"], new Map())).toEqual([]);
});
