/** Commands by the names that other commands call them by: scripts of a package.json, targets of a Makefile. */
export type Scripts = ReadonlyMap<string, readonly string[]>;

/** Scripts that run by themselves wherever a project is installed. */
const BY_THEMSELVES = ["preinstall", "install", "postinstall", "prepare"];

/** Reads what the files at the top of the base commit give names to; undefined for a file that is not there. */
export function readScripts(manifest: string | undefined, makefile: string | undefined): Scripts {
  const scripts = new Map<string, string[]>();
  const add = (name: string, text: string) => scripts.set(name, [...(scripts.get(name) ?? []), text]);
  for (const [name, text] of manifestScripts(manifest)) add(name, text);
  let target = "";
  for (const line of (makefile ?? "").split("\n")) {
    const [, name, needed = ""] = /^([\w./-]+)\s*:(?![:=])(.*)$/.exec(line) ?? [];
    if (name !== undefined) target = name;
    if (name !== undefined || line.startsWith("\t")) add(target, name === undefined ? line.slice(1) : needed);
  }
  return scripts;
}

function manifestScripts(manifest: string | undefined): [string, string][] {
  try {
    const { scripts } = JSON.parse(manifest ?? "{}") as { scripts?: unknown };
    const entries = Object.entries(typeof scripts === "object" && scripts !== null ? scripts : {});
    return entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  } catch {
    return [];
  }
}

/** The commands, with every script that one of them names, and those that these name. Pure. */
export function spellOutScripts(commands: readonly string[], scripts: Scripts): string[] {
  const texts = [...commands];
  const known = new Set<string>();
  const reach = (name: string) => {
    for (const each of [`pre${name}`, name, `post${name}`])
      if (!known.has(each)) {
        known.add(each);
        texts.push(...(scripts.get(each) ?? []));
      }
  };
  BY_THEMSELVES.forEach(reach);
  // `texts` grows as it is read.
  for (const text of texts) splitWords(text).forEach(reach);
  return texts;
}

export const splitWords = (text: string): string[] =>
  text.split(/[\s;&|()'"=]+/).map((word) => word.replace(/^\.\//, ""));

const SHELL = /(^|\/)[^./]+$|\.(sh|bash|zsh|ps1|cmd|bat)$/i;

/** Where and how programs are kept that run tests; what else a command names may be the very code to be repaired. */
const RUNS_TESTS =
  /(^|\/)(scripts?|bin|ci|\.ci|tools?|hack|tests?|spec)\/|(^|\/)(run[-_]?)?(tests?|check)\.\w+$/i;

/** A test itself: a good change extends it. */
const TEST = /(?<!\brun)[._-](test|spec)\.\w+$|(^|\/)test_[^/]*\.py$|(^|\/)__tests__\//i;

/** Whether a file may be such a program, by its path alone: only then it matters what commands name. */
export const mayRunTests = (path: string): boolean =>
  SHELL.test(path) || (RUNS_TESTS.test(path) && !TEST.test(path));

/** Whether a file is a program that the commands run the tests with. @param commands spelt out */
export const isNamedScript = (path: string, commands: readonly string[]): boolean =>
  mayRunTests(path) && commands.some((command) => splitWords(command).includes(path));
