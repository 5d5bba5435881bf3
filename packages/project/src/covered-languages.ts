import { type BaseFiles, joinPath } from "./base-files.ts";
import { MAKEFILES } from "./file-names.ts";
import type { TestedLanguage } from "./languages.ts";
import { readScripts, type Scripts } from "./named-scripts.ts";
import { runnersIn } from "./runners.ts";

/** Package managers that call scripts of a package.json, with the names that follow. */
const NPM =
  /(?:^|[\s;&|('"])(?:npm|pnpm|yarn|bun)((?: (?:-{1,2}[\w-]+(?:=\S+)?|-r|run|run-script|recursive|workspaces?|foreach))*) ([\w:.-]+)/g;
const RUN_ALL = /(?:^|[\s;&|(])(?:run-s|run-p|npm-run-all|concurrently)((?: [^\s;&|]+)+)/g;
const MAKE = /(?:^|[\s;&|(@])(?:make|gmake|\$\(MAKE\))((?: [^\s;&|)]+)+)/g;
const COMPOSER = /(?:^|[\s;&|(])@?composer(?: run(?:-script)?)? ([\w:.-]+)/g;

/** Deepest chain of scripts that call one another. */
const MOST_STEPS = 12;

/** What a folder gives names to, and the files of the base for programs that are named by their path. */
type Names = {
  readonly scripts: Scripts;
  readonly targets: Scripts;
  readonly composer: Scripts;
};

/**
 * The languages whose tests a command runs, by way of scripts, targets and shell scripts of the base.
 * @param folder where it runs
 * @returns undefined where none of it is known as a runner
 */
export async function findCoveredLanguages(
  command: string,
  folder: string,
  files: BaseFiles,
): Promise<ReadonlySet<TestedLanguage> | undefined> {
  const names = await readNames(folder, files);
  const known = new Set([command]);
  const found = new Set<TestedLanguage>();
  let texts = [command];
  for (let step = 0; step < MOST_STEPS && texts.length > 0; step += 1) {
    for (const text of texts) for (const language of runnersIn(text)) found.add(language);
    const called = await Promise.all(texts.map((text) => readCalled(text, folder, names, files)));
    texts = called.flat().filter((text) => !known.has(text));
    for (const text of texts) known.add(text);
  }
  return found.size > 0 ? found : undefined;
}

async function readNames(folder: string, files: BaseFiles): Promise<Names> {
  const read = (name: string) => files.read(joinPath(folder, name));
  const makefile = MAKEFILES.find((name) => files.paths.includes(joinPath(folder, name)));
  return {
    scripts: readScripts(await read("package.json"), undefined),
    targets: readScripts(undefined, makefile === undefined ? undefined : await read(makefile)),
    composer: readScripts(await read("composer.json"), undefined),
  };
}

async function readCalled(text: string, folder: string, names: Names, files: BaseFiles): Promise<string[]> {
  const words = (pattern: RegExp, group: number) =>
    [...text.matchAll(pattern)].flatMap((match) => (match[group] ?? "").trim().split(/\s+/));
  const scripts = [...words(NPM, 2), ...words(RUN_ALL, 1)].map((word) => word.replace(/['"]/g, ""));
  const named = [
    ...scripts.flatMap((name) => lookUp(names.scripts, name === "t" || name === "tst" ? "test" : name)),
    ...words(MAKE, 1).flatMap((name) => names.targets.get(name) ?? []),
    // What a target needs is in its first line, as words.
    ...(isTargetLine(text, names.targets) ? text.split(/\s+/) : []).flatMap(
      (name) => names.targets.get(name) ?? [],
    ),
    ...words(COMPOSER, 1).flatMap((name) => names.composer.get(name) ?? []),
  ];
  return [...named, ...(await readShellScripts(text, folder, files))];
}

/** `npm-run-all` takes names with `*`. */
const lookUp = (scripts: Scripts, name: string): readonly string[] =>
  name.includes("*")
    ? [...scripts]
        .filter(([each]) => each.startsWith(name.split("*", 1)[0] ?? ""))
        .flatMap(([, text]) => text)
    : (scripts.get(name) ?? []);

const isTargetLine = (text: string, targets: Scripts): boolean =>
  targets.size > 0 && [...targets.values()].some((lines) => lines[0] === text);

const SHELL_SCRIPT = /(\.(sh|bash)|(^|\/)(scripts?|bin|ci|\.ci|tools?|hack)\/[\w-]+)$/;

async function readShellScripts(text: string, folder: string, files: BaseFiles): Promise<string[]> {
  const paths = text
    .split(/[\s;&|()'"=]+/)
    .map((word) => word.replace(/^\.\//, ""))
    .filter((word) => SHELL_SCRIPT.test(word))
    .map((word) => joinPath(folder, word))
    .filter((path) => files.paths.includes(path));
  const texts = await Promise.all(paths.map((path) => files.read(path)));
  return texts.flatMap((each) => (each === undefined ? [] : [each.slice(0, 20_000)]));
}
