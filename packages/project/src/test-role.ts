import { isNamedScript } from "./named-scripts.ts";
import { keepManifestSections, keepTextSections, moduleSettingsDiffer } from "./sections.ts";
import { keepCompilerOptions, keepWorkspaceSettings } from "./settings.ts";
import { COMPILER_SETTINGS, DEFINING_FOLDERS, DEFINITIONS, HELPERS, HELPING_FOLDERS } from "./test-files.ts";

/** What a changed file has to do with how the project is set up and tested. */
export type TestRole =
  | { readonly kind: "none" }
  /** It decides with others how it is tested, and a good change may have to extend it. */
  | { readonly kind: "helper" }
  /** It says how it is tested. `content`: the file with the base's say; undefined where the base has no such file. */
  | { readonly kind: "definition"; readonly content: string | undefined };

/** A changed file as text; undefined where it does not exist. */
export type ChangedFile = {
  readonly path: string;
  readonly base: string | undefined;
  readonly patched: string | undefined;
};

/** Sections of files that hold more than how to test, by the file's name. */
const SECTIONS: Readonly<Record<string, RegExp>> = {
  "pyproject.toml": /^tool(\.(pytest|tox|nox|coverage|hatch\.envs|poe|taskipy|pdm\.scripts|unittest)\b|$)/,
  "setup.cfg": /^(tool:pytest|coverage|tox|aliases)\b/,
  "cargo.toml": /^(test|bench|profile\.(test|dev))\b/,
};

/**
 * The one rule of which changes say how the project is tested: `repair` tests by the base's say in them, and `propose`
 * names them in the pull request. Pure.
 * @param commands that set up and test the base, spelt out; a program of tests that one of them names is part of it
 */
export function judgeTestRole(file: ChangedFile, commands: readonly string[]): TestRole {
  const { path, base, patched } = file;
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (DEFINITIONS.test(name) || DEFINING_FOLDERS.test(path) || isNamedScript(path, commands))
    return { kind: "definition", content: base };
  if (name === "pnpm-workspace.yaml")
    return roleBySections(file, keepWorkspaceSettings(base, patched), false);
  if (COMPILER_SETTINGS.test(name)) {
    const { content, helps } = keepCompilerOptions(base, patched);
    return roleBySections(file, content, helps);
  }
  const helps = HELPERS.test(name) || HELPING_FOLDERS.test(path);
  if (name === "package.json" || name === "composer.json")
    return roleBySections(
      file,
      keepManifestSections(base, patched),
      helps || (name === "package.json" && moduleSettingsDiffer(base, patched)),
    );
  const sections = SECTIONS[name];
  const kept = sections === undefined ? patched : keepTextSections(base, patched, sections);
  return roleBySections(file, kept, helps);
}

function roleBySections({ patched }: ChangedFile, content: string | undefined, helps: boolean): TestRole {
  if (content !== patched) return { kind: "definition", content };
  return { kind: helps ? "helper" : "none" };
}
