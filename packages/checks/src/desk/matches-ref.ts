/**
 * Whether a pattern of a ruleset or a branch protection rule fits a name, as Ruby's `File.fnmatch` with `FNM_PATHNAME`
 * says: a star stops at a slash, and only the folder `**` spans several.
 * Source: docs.github.com, "Creating rulesets for a repository" ("Using fnmatch syntax").
 */
export function matchesRef(pattern: string, name: string): boolean {
  return matchFrom(pattern.split("/"), name.split("/"));
}

function matchFrom(patterns: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = patterns;
  if (first === undefined) return names.length === 0;
  if (first === "**" && rest.length > 0)
    return matchFrom(rest, names) || (names.length > 0 && matchFrom(patterns, names.slice(1)));
  const [name, ...others] = names;
  return name !== undefined && matchesPart(first, name) && matchFrom(rest, others);
}

function matchesPart(pattern: string, name: string): boolean {
  const source = [...pattern.matchAll(/\*+|\?|\[[^\]]+\]|./gs)].map(([part]) => {
    if (part.startsWith("*")) return ".*";
    if (part === "?") return ".";
    if (part.length > 1) return part.replace(/^\[[!^]/, "[^");
    return part.replace(/[^\w]/, "\\$&");
  });
  try {
    return new RegExp(`^${source.join("")}$`, "s").test(name);
  } catch {
    // A range that runs backwards fits nothing.
    return false;
  }
}
