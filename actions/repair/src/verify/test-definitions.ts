import { isNamedScript } from "./named-scripts.ts";
import { keepManifestSections, keepTextSections } from "./sections.ts";

/** What is tested in place of a file that the patch changes. */
export type Tested =
  /** The file as the patch has it. */
  | { readonly kind: "patched" }
  /** As the patch has it, but it changes how the project is tested. */
  | { readonly kind: "told" }
  /** Another content, or none: what says how to test is the base commit's. */
  | { readonly kind: "replaced"; readonly content: string | undefined };

/** A changed file; undefined where it does not exist. */
export type ChangedFile = {
  readonly path: string;
  readonly base: string | undefined;
  readonly patched: string | undefined;
};

const CODE = String.raw`\.([cm]?[jt]sx?|json5?|ya?ml|toml)`;

/** Files that say as a whole how a project is set up and tested, by their last name. */
const WHOLE = new RegExp(
  `^(${[
    String.raw`(GNU)?makefile|.*\.mk|justfile|taskfile\.ya?ml|rakefile`,
    String.raw`[tj]sconfig(\..+)?\.json`,
    `(vite|vitest|jest|playwright|cypress|karma|ava|wdio|nightwatch|web-test-runner)(\\.[\\w-]+)*\\.(config|conf|workspace)(\\.[\\w-]+)*${CODE}`,
    `vitest\\.(workspace|projects)${CODE}`,
    `\\.(mocharc|nycrc|c8rc|taprc|jestrc|swcrc)(${CODE})?`,
    String.raw`pytest\.ini|\.?tox\.ini|noxfile\.py|\.coveragerc`,
    String.raw`(turbo|nx|lerna|project)\.json`,
    String.raw`phpunit\.xml(\.dist)?|\.rspec|bunfig\.toml`,
    String.raw`\.npmrc|\.yarnrc|\.yarnrc\.yml|\.pnpmfile\.c?js|pnpmfile\.c?js|pnpm-workspace\.yaml`,
  ].join("|")})$`,
  "i",
);

/** Folders whose files are run while a project is set up or tested. */
const FOLDERS =
  /^(.*\/)?(node_modules|vendor\/bin|\.yarn\/(releases|plugins|sdks)|\.cargo|\.husky|\.mvn|gradle\/wrapper)\//i;

/** Files that help tests and that a good change may have to extend: they stay, and are named. */
const HELPERS = new RegExp(
  `(^|/)(conftest\\.py|(jest|vitest|test|tests)[-._](setup|teardown)(\\.[\\w-]+)*${CODE}|(spec|rails|test)_helper\\.rb|setup\\.py|deno\\.jsonc?|\\.babelrc|(babel|webpack|rollup)\\.config${CODE}|pom\\.xml|build\\.gradle(\\.kts)?|settings\\.gradle(\\.kts)?)$`,
  "i",
);

/** Sections of files that hold more than how to test. */
const SECTIONS: Readonly<Record<string, RegExp>> = {
  "pyproject.toml": /^tool\.(pytest|tox|nox|coverage|hatch\.envs|poe|taskipy|pdm\.scripts|unittest)\b/,
  "setup.cfg": /^(tool:pytest|coverage|tox|aliases)\b/,
  "cargo.toml": /^(test|bench|profile\.(test|dev))\b/,
};

/**
 * Decides what of a changed file verification tests. Nobody may grade their own work: what says how the project is
 * set up and tested is the base commit's. Pure.
 * @param commands set-up and test commands, spelt out; a program of tests that one of them names is part of it
 */
export function testedFile(file: ChangedFile, commands: readonly string[]): Tested {
  const { path, base, patched } = file;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (WHOLE.test(name) || FOLDERS.test(path) || isNamedScript(path, commands))
    return { kind: "replaced", content: base };
  if (name === "package.json" || name === "composer.json")
    return keep(file, keepManifestSections(base, patched));
  const sections = SECTIONS[name.toLowerCase()];
  if (sections !== undefined) return keep(file, keepTextSections(base, patched, sections));
  return { kind: HELPERS.test(path) ? "told" : "patched" };
}

const keep = ({ patched }: ChangedFile, content: string | undefined): Tested =>
  content === patched ? { kind: "patched" } : { kind: "replaced", content };

/** Whether a changed file decides what is installed: code of others may then run while the project is set up. */
export const changesDependencies = (path: string): boolean =>
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(
    path,
  );
