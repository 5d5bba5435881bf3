/**
 * Whether a name passes a list of GitHub's filter patterns: the last pattern that matches decides, and `!` excludes.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function matchesFilter(patterns: readonly string[], name: string): boolean {
  let passes = false;
  for (const pattern of patterns) {
    const excludes = pattern.startsWith("!");
    if (toRegExp(excludes ? pattern.slice(1) : pattern).test(name)) passes = !excludes;
  }
  return passes;
}

/** `*` any characters but `/`, `**` any, `?` and `+` repeat what stands before them, `[]` a set, `\` takes literally. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\*\*|\*|[.^$(){}|]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (found === "**") return ".*";
    return found === "*" ? "[^/]*" : `\\${found}`;
  });
  return new RegExp(`^(?:${source})$`);
}
