/** A file's statements that bring names from elsewhere, over all of their lines, by the ending of the file. */
const IMPORTS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(?:java|kts?|groovy)$/, /^import\s[^"()\n]*$/gm],
  [/\.scala$/, /^import\s[^"()\n{]*(?:\{[^{}]{0,4000}\})?[^\S\n]*$/gm],
  [/\.pyi?$/, /^(?:import\s+[\w.]|from\s+[\w.]+\s+import\s+(?:\w|\([^()]{0,4000}\)))(?:[^()\n\\]|\\\n)*$/gm],
  [/\.rs$/, /^use\s[^;]{0,4000};[^\S\n]*$/gm],
  [/\.php$/, /^use\s[^;()]{0,4000};[^\S\n]*$/gm],
  [/\.go$/, /^import\s+(?:\([^()]{0,4000}\)|(?:[\w.]+\s+)?"[^"\n]+")[^\S\n]*$/gm],
  [
    /\.[cm]?[jt]sx?$/,
    /^(?:import\s[^"'();=]{0,4000}\sfrom\s+["'][^"'\n]+["']|(?:const|let|var)\s[^=;()]{0,4000}=\s*require\(["'][^"'\n]+["']\));?[^\S\n]*$/gm,
  ],
];

const KEYWORDS =
  /^(?:import|from|use|static|as|type|typeof|function|const|let|var|require|crate|self|super|default)$/;

/** Names, each with where it comes from: the same name of the same place has the same words. */
export type ImportedNames = ReadonlyMap<string, string>;

/**
 * The names that each line of a file imports; undefined for a line of anything else. What an import does beside, and the
 * wildcards of packages, bring no name. Pure.
 */
export function readImports(path: string, text: string): (ImportedNames | undefined)[] {
  const lines: (ImportedNames | undefined)[] = [];
  const statements = IMPORTS.find(([ending]) => ending.test(path))?.[1];
  let [first, end] = [0, 0];
  for (const { index, 0: statement } of statements === undefined ? [] : text.matchAll(statements)) {
    first += text.slice(end, index).split("\n").length - 1;
    end = index;
    const place = namePlace(statement);
    const own = statement.split("\n");
    for (const [offset, line] of own.entries())
      lines[first + offset] = path.endsWith(".go")
        ? nameGoPackage(line)
        : nameImported(path, line, { place, isWhole: own.length === 1 });
  }
  return lines;
}

/** What all names of a statement share: the module in quotes or behind `from`, else the path up to its braces. */
function namePlace(statement: string): string {
  const [, quoted] = /["']([^"'\n]+)["']/.exec(statement) ?? [];
  const [, module] = /^from\s+(\S+)/.exec(statement) ?? [];
  return (
    quoted ?? module ?? (statement.includes("{") ? statement.slice(0, statement.indexOf("{")).trim() : "")
  );
}

/** A Go package is called by its alias, else by the last folder that is no version. */
function nameGoPackage(line: string): ImportedNames {
  const [, alias, path] = /([\w.]+)?\s*"([^"]+)"/.exec(line.replace(/^import\s+\(?/, "")) ?? [];
  if (path === undefined || (alias !== undefined && !/^\w{2,}$/.test(alias))) return new Map();
  const folder = path.split("/").findLast((one) => !/^v\d+$/.test(one)) ?? "";
  return new Map([[alias ?? folder.replace(/\.v\d+$/, "").replace(/^.*[-.]/, ""), path]]);
}

/**
 * Words that no other follows in a path. A line that holds the place of names on other lines brings it without a name:
 * where it changes, they come from elsewhere.
 */
function nameImported(
  path: string,
  line: string,
  { place, isWhole }: { readonly place: string; readonly isWhole: boolean },
): ImportedNames {
  const isPython = /\.pyi?$/.test(path);
  const plain = line
    .replace(/^from\s+\S+/, "")
    .replace(/"[^"]*"|'[^']*'/g, "")
    .replace(isPython ? /#.*|\\$/g : /\/\/.*/g, "");
  const named = plain
    .split(/[,{}()]/)
    .flatMap((piece) =>
      (piece.match(NAME) ?? [])
        .filter((word) => !KEYWORDS.test(word))
        .map((word) => [word, `${place} ${piece.replace(/\s+/g, " ").trim()}`] as const),
    );
  const holdsPlace = !isWhole && place !== "" && line.includes(place);
  return new Map([...named, ...(holdsPlace ? [[PLACE, place] as const] : [])]);
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$])(?!\s*(?:\.|::|\\))/gu;

/** The name of what is none. */
export const PLACE = "";
