import type { GitHub, RepositoryName } from "./client.ts";
import { readFileTexts } from "./files.ts";

/** Where GitHub looks for the file; the first that is there counts. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** GitHub loads no file that is larger, in bytes. */
const MOST_BYTES = 3 * 1024 * 1024;

/** The repository's CODEOWNERS on its default branch, in one request; undefined: it has none that GitHub would load. */
export async function readCodeOwners(
  github: GitHub,
  repository: RepositoryName,
): Promise<string | undefined> {
  const texts = await readFileTexts(github, repository, PLACES);
  const text = texts.find((each) => each !== null);
  return text === null || text === undefined || Buffer.byteLength(text) > MOST_BYTES ? undefined : text;
}

const OWNER = /^(?:@[\w.-]+(?:\/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+)$/;

/**
 * Who owns these files by a CODEOWNERS file: for each file the last line that matches it, which may name nobody. As GitHub
 * does, it passes over lines that it does not understand. Owners by e-mail address are left out: GitHub mentions no
 * address. The rules: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 * @param paths from the root of the repository, without a slash in front
 * @returns `@login` and `@organization/team`, each once, in the order of the paths. Pure
 */
export function findOwners(text: string, paths: readonly string[]): string[] {
  const rules = text.split(/\r?\n/).flatMap(readRule).reverse();
  const owners = paths.flatMap((path) => rules.find(({ matches }) => matches(path))?.owners ?? []);
  return [...new Set(owners)].filter((owner) => owner.startsWith("@"));
}

type Rule = { readonly matches: (path: string) => boolean; readonly owners: readonly string[] };

function readRule(line: string): Rule[] {
  // A blank belongs to a path if a backslash stands before it.
  const words = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  const [pattern, ...owners] = comment === -1 ? words : words.slice(0, comment);
  if (pattern === undefined || !owners.every((owner) => OWNER.test(owner))) return [];
  const matches = readPattern(pattern);
  return matches === undefined ? [] : [{ matches, owners }];
}

/** What may follow what a pattern names: nothing, anything below it as well, or only what is below it. */
type Below = "nothing" | "also" | "only";

/** Of gitignore's signs, these mean nothing to GitHub: it passes over the line. */
const isForeign = (pattern: string): boolean => /^(?:!|\\#)|[[\]]/.test(pattern);

/** gitignore's rules, but for `dir/*`: that names the files of a folder, and nothing that is further down. */
function readPattern(pattern: string): ((path: string) => boolean) | undefined {
  if (isForeign(pattern) || pattern === "/") return undefined;
  const isFolder = pattern.endsWith("/");
  const names = pattern.replace(/^\//, "").replace(/\/$/, "").split("/");
  const isAnchored = pattern.startsWith("/") || names.length > 1;
  const isAllBelow = names.at(-1) === "**";
  const below: Below = isFolder || isAllBelow ? "only" : names.at(-1) === "*" ? "nothing" : "also";
  const own = isAllBelow ? names.slice(0, -1) : names;
  const steps = [...(isAnchored ? [] : ["**"]), ...own].map((name) =>
    name === "**" ? name : readName(name),
  );
  return (path) => follows(steps, path.split("/"), below);
}

/** One name between slashes: `*` is any run of characters, `?` any one. */
const readName = (name: string): RegExp => {
  const parts = name.match(/\\.|\*+|./gsu) ?? [];
  const source = parts.map((part) => {
    if (part.startsWith("*")) return ".*";
    if (part === "?") return ".";
    return (part.length > 1 && part.startsWith("\\") ? part.slice(1) : part).replace(
      /[\\^$.*+?()[\]{}|/]/gu,
      "\\$&",
    );
  });
  return new RegExp(`^${source.join("")}$`, "su");
};

/** Whether a path goes along the steps; `**` takes any number of folders. One row a step, so that no pattern takes long. */
function follows(steps: readonly (RegExp | "**")[], names: readonly string[], below: Below): boolean {
  let reached: boolean[] = [true, ...names.map(() => false)];
  for (const step of steps) {
    if (step === "**") {
      const first = reached.indexOf(true);
      reached = reached.map((_, index) => first !== -1 && index >= first);
    } else
      reached = reached.map(
        (_, index) => index > 0 && reached[index - 1] === true && step.test(names[index - 1] ?? ""),
      );
  }
  const ends = below === "nothing" ? reached.slice(-1) : below === "also" ? reached : reached.slice(0, -1);
  return ends.includes(true);
}
