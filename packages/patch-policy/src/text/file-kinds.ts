import { pickLanguage } from "./languages.ts";

/** What a file is for, told by its path. */
export type FileKind = "source" | "test" | "snapshot" | "docs" | "lockfile" | "settings" | "other";

/** Lockfiles, and the manifests of which one must change with them. */
export const LOCKFILES: Readonly<Record<string, readonly RegExp[]>> = {
  "package-lock.json": [/^package\.json$/],
  "npm-shrinkwrap.json": [/^package\.json$/],
  "yarn.lock": [/^package\.json$/],
  "pnpm-lock.yaml": [/^package\.json$/, /^pnpm-workspace\.yaml$/],
  "bun.lock": [/^package\.json$/],
  "bun.lockb": [/^package\.json$/],
  "deno.lock": [/^deno\.jsonc?$/, /^package\.json$/],
  "poetry.lock": [/^pyproject\.toml$/],
  "pdm.lock": [/^pyproject\.toml$/],
  "uv.lock": [/^pyproject\.toml$/],
  "pipfile.lock": [/^pipfile$/],
  "gemfile.lock": [/^gemfile$/, /\.gemspec$/],
  "composer.lock": [/^composer\.json$/],
  "cargo.lock": [/^cargo\.toml$/],
  "go.sum": [/^go\.mod$/, /^go\.work$/],
  "go.work.sum": [/^go\.mod$/, /^go\.work$/],
  "gradle.lockfile": [/\.gradle(\.kts)?$/, /\.versions\.toml$/],
  "packages.lock.json": [/\.csproj$/, /^directory\.(packages|build)\.props$/],
  "mix.lock": [/^mix\.exs$/],
  "pubspec.lock": [/^pubspec\.yaml$/],
  "podfile.lock": [/^podfile$/],
  "package.resolved": [/^package\.swift$/],
  "flake.lock": [/^flake\.nix$/],
};

/** The last part of a path, in lower case. */
export const lowerName = (path: string): string => path.slice(path.lastIndexOf("/") + 1).toLowerCase();

const TEST_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__|e2e|cypress|testing|test-d|integration-tests?)\//i;
/** Gradle's source sets of tests. */
const TEST_SOURCES = /(?:^|\/)src\/(?:[a-z]\w*Test|testFixtures)\//;
const TEST_NAME =
  /(?:^tests?\.(?:py|rs|[cm]?[jt]s)$)|(?:[._-](?:test|spec|cy|e2e)\.[a-z]+$)|(?:^test_.*\.py$)|(?:_(?:test|spec)\.(?:go|py|rb|exs|dart)$)|(?:(?:Tests?|Spec|IT|TestCase)\.(?:java|kt|cs|php|groovy|scala|swift)$)/;
const SNAPSHOT = /(?:\.snap$)|(?:(?:^|\/)__snapshots__\/)|(?:\.(?:verified|approved)\.\w+$)/;
const DOCS =
  /(?:\.(?:md|mdx|rst|adoc|txt)$)|(?:^|\/)(?:docs?|changelog|\.changeset)\/|(?:^|\/)(?:LICENSE|NOTICE|CHANGELOG|README)[^/]*$/i;

/** What a file is for. Pure. */
export function judgeFileKind(path: string): FileKind {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (lowerName(path) in LOCKFILES) return "lockfile";
  if (SNAPSHOT.test(path)) return "snapshot";
  const language = pickLanguage(path);
  if (
    TEST_NAME.test(name) ||
    ((TEST_FOLDER.test(path) || TEST_SOURCES.test(path)) && language.name !== "plain")
  )
    return "test";
  // Requirements decide what runs; they only look like text.
  if (DOCS.test(path) && !/^(?:requirements|constraints).*\.txt$/i.test(name)) return "docs";
  if (language.name === "settings" || language.name === "markup" || /\.json[c5]?$/.test(name))
    return "settings";
  return language.code ? "source" : "other";
}
