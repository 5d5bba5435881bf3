import type { SettingFault } from "./keys.ts";

/** `${NAME}`, `${{ … }}`, or `$NAME` as a whole value or entry of a list. PostHog's `$pageview` and a path's `${locale}` are none. */
const PLACEHOLDER = /\$\{\{.*?\}\}|\$\{(?:[A-Z_][^},\n]*)?\}?|(?<![^,\n])\s*\$[A-Z_][A-Z0-9_]*\s*(?![^,\n])/s;

/**
 * The fault of a value that holds a variable which nothing fills in, with the way to have it filled in. The rest of the
 * value is not repeated.
 * @param where the input's name and its place
 */
export function placeholderFault(where: string, name: string, value: string): SettingFault[] {
  const placeholder = PLACEHOLDER.exec(value)?.[0].trim();
  if (placeholder === undefined) return [];
  const remedy = `write \`${name}: ${expressionFor(placeholder, name)}\` under \`with:\``;
  return [{ name, sentence: `${where} has \`${placeholder}\`, which nothing fills in; ${remedy}.` }];
}

function expressionFor(placeholder: string, input: string): string {
  if (placeholder.startsWith("${{")) return placeholder;
  const variable = /[A-Za-z_]\w*/.exec(placeholder)?.[0] ?? input.toUpperCase().replaceAll("-", "_");
  const [, context, property] = /^(GITHUB|RUNNER)_(.+)/.exec(variable) ?? [];
  if (context !== undefined && property !== undefined)
    return `\${{ ${context.toLowerCase()}.${property.toLowerCase()} }}`;
  return `\${{ vars.${variable} }}`;
}
