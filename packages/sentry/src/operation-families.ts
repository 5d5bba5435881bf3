/**
 * Whether an operation belongs to a family. SDKs name operations from the general to the special: `db` has `db` and all
 * that begins with `db.`; a family that ends with `*` has all that begins with what stands before it.
 */
export function isInFamily(op: string, family: string): boolean {
  if (family.endsWith("*")) return op.startsWith(family.slice(0, -1));
  return op === family || op.startsWith(`${family}.`);
}

/** Sentry's search for the spans of some families. Its lists of values take no `*`, so that each is a clause of its own. */
export function familiesQuery(families: readonly string[]): string {
  const clauses = families.flatMap((family) => {
    const name = family.replace(/[^\w.:/ -]/g, "");
    if (family === "*") return [];
    return family.endsWith("*") ? [`span.op:"${name}*"`] : [`span.op:"${name}"`, `span.op:"${name}.*"`];
  });
  return families.includes("*") ? "" : clauses.join(" OR ");
}
