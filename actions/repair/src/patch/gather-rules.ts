/** A file of rules of one commit, such as `.gitignore`: its folder ("" for the root, else ending in `/`) and its text. */
export type RulesFile = { readonly folder: string; readonly text: string };

/**
 * Installed packages are no change, though nobody ignores them, and are too many to look at one by one; the commit's
 * own rules come later and may differ.
 */
const NEVER_OURS = "node_modules/";

/**
 * Writes the `.gitignore` files of a commit as one list for `git ls-files --exclude-from`, so that those in the work
 * tree need not be asked. Deeper files come later, for the last match wins. Source: gitignore(5), PATTERN FORMAT.
 */
export function gatherIgnoreRules(files: readonly RulesFile[]): string {
  return [NEVER_OURS, ...gatherLines(files, ignoreRule)].map((line) => `${line}\n`).join("");
}

function ignoreRule(folder: string, line: string): string[] {
  if (line.startsWith("#") || line.trim() === "") return [];
  const negated = line.startsWith("!");
  const pattern = negated ? line.slice(1) : line;
  if (folder === "") return [line];
  return [`${negated ? "!" : ""}${below(folder, pattern)}`];
}

/** Attributes that decide what a patch shows, and never come from the work tree or from a driver of somebody's. */
const NO_DRIVERS = "* !diff !filter";

/** Holds the name of a file's filter, such as Git LFS's. Git knows no attribute of this name, and runs nothing for it. */
export const FILTER_ATTRIBUTE = "patchpilot-filter";

/** Attributes that are reset first, so that those which only the work tree sets count for nothing. */
const RESET = `* !text !eol !crlf !ident !working-tree-encoding !diff !filter !whitespace !${FILTER_ATTRIBUTE}`;

/** How a checkout differs from its commit though nobody changed anything. */
export type Conversions = {
  /** Lines end in CRLF in the checkout alone, as with `core.autocrlf`. */
  readonly autoText: boolean;
  /** Files that are in the checkout as they are in the commit, though its attributes say otherwise. */
  readonly asTheyAre: readonly string[];
};

export const NO_CONVERSIONS: Conversions = { autoText: false, asTheyAre: [] };

/**
 * Writes the `.gitattributes` files of a commit as one text for `info/attributes`, which beats those in the work tree.
 * Line endings are the commit's; whether a file is binary is read from its content alone, so that nobody can hide a
 * text from review by calling it binary. Source: gitattributes(5), DESCRIPTION.
 */
export function gatherAttributes(
  files: readonly RulesFile[],
  { autoText, asTheyAre }: Conversions = NO_CONVERSIONS,
): string {
  const rules = gatherLines(files, attributeRule).map(nameFilter);
  const untouched = asTheyAre.map(
    (path) => `"/${literal(quoted(path), "\\\\")}" -text !ident !working-tree-encoding`,
  );
  const first = autoText ? [RESET, "* text=auto"] : [RESET];
  return [...first, "[attr]binary -diff -merge -text", ...rules, ...untouched, NO_DRIVERS, ""].join("\n");
}

const nameFilter = (line: string): string => line.replace(/(?<=\s[-!]?)filter(?=[=\s]|$)/g, FILTER_ATTRIBUTE);

const quoted = (text: string): string => text.replace(/"/g, '\\"');

function attributeRule(folder: string, raw: string): string[] {
  const line = raw.trimStart();
  if (line === "" || line.startsWith("#")) return [];
  if (folder === "") return [line];
  // Macros count in the top folder only.
  if (line.startsWith("[attr]")) return [];
  const match = /^("(?:[^"\\]|\\.)*"|\S+)(.*)$/.exec(line);
  const [, first = "", rest = ""] = match ?? [];
  const pattern = first.startsWith('"') ? first.slice(1, -1) : first.replace(/[\\"]/g, "\\$&");
  return [`"${below(quoted(folder), pattern, "\\\\")}"${rest}`];
}

/**
 * A pattern of a folder's own file as one from the root: with a slash before its end it counts from that folder,
 * without one it names something anywhere below.
 * @param backslash how a backslash that quotes a character of the folder's name is written
 */
function below(folder: string, pattern: string, backslash = "\\"): string {
  const plain = literal(folder, backslash);
  const anchored = /\/(?!\s*$)/.test(pattern);
  return anchored ? `/${plain}${pattern.replace(/^\//, "")}` : `/${plain}**/${pattern}`;
}

const literal = (path: string, backslash: string): string =>
  path.replace(/[*?[\]\\](?!")/g, (character) => backslash + character);

/** What becomes of each line, those of the root's file first. */
const gatherLines = (
  files: readonly RulesFile[],
  read: (folder: string, line: string) => string[],
): string[] =>
  files
    .toSorted((a, b) => depth(a) - depth(b))
    .flatMap(({ folder, text }) => splitLines(text).flatMap((line) => read(folder, line)));

const splitLines = (text: string): string[] => text.replace(/^\uFEFF/, "").split(/\r?\n/);

const depth = ({ folder }: RulesFile): number => folder.split("/").length;
