import { type Finding, finding } from "./rules.ts";
import { nameOf } from "./text/file-kinds.ts";
import type { PatchedFile, PatchText } from "./text/patched-file.ts";

/** Files that decide which tests run and how: by name, and by path. */
const NAMES: readonly RegExp[] = [
  /^(?:vite|vitest|jest|playwright|cypress|karma|ava|wdio|web-test-runner|stryker|babel|metro)[\w.-]*\.config\.\w+$/,
  /^(?:vitest\.workspace|jest\.setup|vitest\.setup|setup-?tests?|test-?setup|karma\.conf)\.\w+$/,
  /^\.(?:mocharc|nycrc|c8rc|babelrc|taprc|swcrc)(?:\.\w+)?$/,
  /^(?:tsconfig|jsconfig)[\w.-]*\.json$/,
  /^(?:gnu)?makefile$|\.mk$|^justfile$|^taskfile\.ya?ml$|^rakefile$/,
  /^(?:tox\.ini|pytest\.ini|setup\.cfg|conftest\.py|noxfile\.py|\.coveragerc)$/,
  /^(?:\.rspec|spec_helper\.rb|rails_helper\.rb|test_helper\.rb)$/,
  /^phpunit(?:\.\w+)*\.xml(?:\.dist)?$|^pest\.php$/,
  /^(?:pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?|gradle\.properties)$/,
  /\.runsettings$|^xunit\.runner\.json$|^directory\.build\.(?:props|targets)$/,
  /^(?:turbo|nx|lerna|rush)\.json$|^\.?(?:npmrc|yarnrc(?:\.yml)?|nvmrc|node-version|python-version|ruby-version|tool-versions)$/,
  /^(?:\.travis\.yml|jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|appveyor\.yml|cloudbuild\.yaml)$/,
];
const PATHS: readonly RegExp[] = [/(?:^|\/)\.(?:circleci|buildkite|drone)\//i, /(?:^|\/)__mocks__\//];

/** Sections of manifests that define tests; the rest of them does not. */
const SECTIONS = [
  "scripts",
  "jest",
  "vitest",
  "mocha",
  "ava",
  "nyc",
  "c8",
  "tap",
  "type",
  "imports",
  "packageManager",
];
const TOML_SECTION = /^\[tool\.(?:pytest|tox|coverage|nox|hatch\.envs|poe)[^\n]*\n(?:(?!\[)[^\n]*\n?)*/gm;

/** Scripts that run wherever the package is installed. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
const DEPENDENCIES = [
  "dependencies",
  "devDependencies",
  "peerDependencies",
  "optionalDependencies",
  "overrides",
  "resolutions",
  "pnpm",
];
const MANIFEST =
  /^(?:requirements[\w.-]*\.txt|constraints[\w.-]*\.txt|pipfile|gemfile|[\w.-]+\.gemspec|go\.mod|composer\.json|cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|[\w.-]+\.csproj|directory\.packages\.props)$/;

/** What a patch changes of how it is tested, installed and put together. Pure. */
export function judgeDefinition({ files }: PatchText, paths: readonly string[]): Finding[] {
  const known = new Map(files.map((file) => [file.path, file]));
  return paths.flatMap((path) => [
    ...(definesTests(path, known.get(path))
      ? [finding("changes-how-it-is-tested", `\`${path}\` changes how it is tested.`, { path })]
      : []),
    ...judgeManifest(path, known.get(path)),
  ]);
}

function definesTests(path: string, file: PatchedFile | undefined): boolean {
  const name = nameOf(path);
  if (NAMES.some((pattern) => pattern.test(name)) || PATHS.some((pattern) => pattern.test(path))) return true;
  if (name === "package.json") return sectionsDiffer(file, SECTIONS);
  if (name === "pyproject.toml")
    return String(file?.before?.raw.match(TOML_SECTION)) !== String(file?.after?.raw.match(TOML_SECTION));
  return false;
}

function judgeManifest(path: string, file: PatchedFile | undefined): Finding[] {
  const name = nameOf(path);
  if (name !== "package.json")
    return MANIFEST.test(name)
      ? [finding("dependency", `\`${path}\` may change dependencies.`, { path })]
      : [];
  const [before, after] = [manifestOf(file?.before?.raw), manifestOf(file?.after?.raw)];
  const scripts = INSTALL_SCRIPTS.filter(
    (script) =>
      section(after, "scripts")[script] !== undefined &&
      section(after, "scripts")[script] !== section(before, "scripts")[script],
  );
  return [
    ...scripts.map((script) =>
      finding("install-script", `\`${path}\` sets the script \`${script}\`.`, { path }),
    ),
    ...(sectionsDiffer(file, DEPENDENCIES)
      ? [finding("dependency", `\`${path}\` changes dependencies.`, { path })]
      : []),
  ];
}

type Manifest = Readonly<Record<string, unknown>>;

function sectionsDiffer(file: PatchedFile | undefined, names: readonly string[]): boolean {
  const [before, after] = [manifestOf(file?.before?.raw), manifestOf(file?.after?.raw)];
  return names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** A manifest that is no JSON has no sections, so that whatever it becomes shows as a change. */
function manifestOf(text: string | undefined): Manifest {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Manifest) : {};
  } catch {
    return { scripts: text };
  }
}

const section = (manifest: Manifest, name: string): Manifest => {
  const value = manifest[name];
  return typeof value === "object" && value !== null ? (value as Manifest) : {};
};
