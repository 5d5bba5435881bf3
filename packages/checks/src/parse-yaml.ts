import { parse } from "yaml";

/** What a workflow file holds; undefined if it is no YAML. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch {
    return undefined;
  }
}
