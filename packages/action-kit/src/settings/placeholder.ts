import type { Fault } from "./keys.ts";

/** `${NAME}`, `${{ … }}`, or nothing but `$NAME`; lower case is left alone, as in PostHog's `$pageview`. */
const PLACEHOLDER = /\$\{\{.*?\}\}|\$\{[^}]*\}?|^\s*\$[A-Z_][A-Z0-9_]*\s*$/s;

/**
 * The fault of a value that holds a variable which nothing fills in, with the way to have it filled in. The rest of the
 * value is not repeated.
 * @param where the input's name and its place
 */
export function placeholderFault(where: string, name: string, value: string): Fault[] {
  const placeholder = value
    .split(/[,\n]/)
    .map((part) => PLACEHOLDER.exec(part)?.[0].trim())
    .find((found) => found !== undefined);
  if (placeholder === undefined) return [];
  const remedy = `write \`${name}: ${expressionFor(placeholder, name)}\` under \`with:\``;
  return [{ name, sentence: `${where} holds \`${placeholder}\`, which nothing fills in; ${remedy}.` }];
}

function expressionFor(placeholder: string, input: string): string {
  if (placeholder.startsWith("${{")) return placeholder;
  const variable = /[A-Za-z_]\w*/.exec(placeholder)?.[0] ?? input.toUpperCase().replaceAll("-", "_");
  return `\${{ vars.${variable} }}`;
}
