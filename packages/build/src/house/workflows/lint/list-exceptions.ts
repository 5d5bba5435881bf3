import { parse, parseDocument } from "yaml";

/** One exception of a linter, and the file of exceptions as it would be without it. */
export type Exception = { readonly name: string; readonly without: string };

type Path = readonly (string | number)[];

/**
 * Every exception in a linter's own file: an entry of a list `ignore`, or of `policies` but the one for all others.
 * @param text YAML of zizmor or of actionlint
 */
export function listExceptions(text: string): readonly Exception[] {
  return findPaths(parse(text), []).map((path) => {
    const document = parseDocument(text);
    const last = path.at(-1);
    const name = typeof last === "number" ? document.getIn(path) : last;
    document.deleteIn(path);
    return { name: [...path.slice(0, -1), name].join(" > "), without: document.toString() };
  });
}

function findPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const here = [...path, key];
    if (key === "ignore" && Array.isArray(child)) return [...child.keys()].map((index) => [...here, index]);
    if (key !== "policies" || typeof child !== "object") return findPaths(child, here);
    return Object.keys(child ?? {})
      .filter((pattern) => pattern !== "*")
      .map((pattern) => [...here, pattern]);
  });
}
