/**
 * Whether a rule protects a path. A rule without a slash names a file or folder anywhere; with one it counts
 * from the root; what it names protects everything below. `*` stands for part of a name, `**` for any folders.
 * Case does not matter, because it does not on every disk.
 */
export function protects(rule: string, path: string): boolean {
  const trimmed = rule.replace(/^\.?\//, "").replace(/\/+$/, "");
  if (trimmed === "") return false;
  const anywhere = !rule.replace(/\/+$/, "").includes("/");
  const wanted = anywhere ? ["**", trimmed] : trimmed.split("/");
  return matchParts(wanted, path.toLowerCase().split("/"));
}

function matchParts(wanted: readonly string[], parts: readonly string[]): boolean {
  const [rule, ...others] = wanted;
  if (rule === undefined) return true;
  const [part, ...below] = parts;
  if (rule === "**") return matchParts(others, parts) || (part !== undefined && matchParts(wanted, below));
  return part !== undefined && matchName(rule.toLowerCase(), part) && matchParts(others, below);
}

/** Pieces between stars are looked for from left to right, so that no rule takes more than linear time. */
function matchName(rule: string, name: string): boolean {
  const [head = "", ...pieces] = rule.split("*");
  const tail = pieces.pop();
  if (tail === undefined) return rule === name;
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const piece of pieces) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - tail.length;
}
