/**
 * Whether an operation belongs to a family. SDKs name operations from the general to the special: `db` has `db` and all
 * that begins with `db.`; a family that ends with `*` has all that begins with what is before it.
 */
export function isInFamily(op: string, family: string): boolean {
  if (family.endsWith("*")) return op.startsWith(family.slice(0, -1));
  return op === family || op.startsWith(`${family}.`);
}
