/** Statements that bring names from elsewhere, alone on a line, by the ending of a file. */
const IMPORTS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.(?:java|kts?|scala|groovy)$/, /^import\s[^"()]*$/],
  [/\.pyi?$/, /^(?:import\s+[\w.]|from\s+[\w.]+\s+import\s+\w)[^()]*$/],
  [/\.rs$/, /^use\s[^;]*;\s*$/],
  [/\.php$/, /^use\s[^;()]*;\s*$/],
  [/\.go$/, /^(?:import\s+|\s+)(?:[\w.]+\s+)?"[^"]+"\s*$/],
  [
    /\.[cm]?[jt]sx?$/,
    /^(?:import\s[^"'()]*\sfrom\s+["'][^"']+["']|(?:const|let|var)\s[^=]*=\s*require\(["'][^"']+["']\));?\s*$/,
  ],
];

const KEYWORDS =
  /^(?:import|from|use|static|as|type|typeof|function|const|let|var|require|crate|self|super)$/;

/**
 * The names that lines bring, if all of them are imports; undefined where one is something else. What an import does
 * beside, and the wildcards of packages, bring no name. Pure.
 */
export function readImports(path: string, lines: readonly string[]): Set<string> | undefined {
  const statement = IMPORTS.find(([ending]) => ending.test(path))?.[1];
  const statements = lines.map((line) => line.trimEnd()).filter((line) => line !== "");
  if (statement === undefined || !statements.every((line) => statement.test(line))) return undefined;
  return new Set(
    statements.flatMap((line) => (path.endsWith(".go") ? nameGoPackage(line) : nameImported(line))),
  );
}

/** A Go package is called by its alias, else by the last folder that is no version. */
function nameGoPackage(line: string): string[] {
  const [, alias, path = ""] = /([\w.]+)?\s*"([^"]+)"/.exec(line.replace(/^import\s+/, "")) ?? [];
  if (alias !== undefined) return /^\w{2,}$/.test(alias) ? [alias] : [];
  const folder = path.split("/").findLast((one) => !/^v\d+$/.test(one)) ?? "";
  return [folder.replace(/\.v\d+$/, "").replace(/^.*[-.]/, "")];
}

/** Words that no other follows in a path. */
const nameImported = (line: string): string[] =>
  (
    line
      .replace(/^from\s+\S+/, "")
      .replace(/(?:"[^"]*"|'[^']*'|\/\/.*)/g, "")
      .match(/[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$])(?!\s*(?:\.|::|\\))/gu) ?? []
  ).filter((word) => !KEYWORDS.test(word));
