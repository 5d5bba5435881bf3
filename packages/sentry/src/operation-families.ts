/**
 * Sentry's search for the spans of some families: `db` has `db` and all that begins with `db.`, `grpc*` all that begins
 * with `grpc`, `*` everything. Sentry's lists of values take no `*`, so that each is a clause.
 */
export function familiesQuery(families: readonly string[]): string {
  if (families.includes("*")) return "";
  const clauses = families.flatMap((family) => {
    const name = family.replace(/[^\w.:/ -]/g, "");
    return family.endsWith("*") ? [`span.op:"${name}*"`] : [`span.op:"${name}"`, `span.op:"${name}.*"`];
  });
  return clauses.join(" OR ");
}
