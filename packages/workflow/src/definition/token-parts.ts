import { isMapping, isSequence, type TemplateToken } from "../github-parser.ts";

/** The value under a key of a mapping token, if both are there. */
export function child(token: TemplateToken | undefined, key: string): TemplateToken | undefined {
  return token !== undefined && isMapping(token) ? token.find(key) : undefined;
}

/** Key and value of every entry of a mapping token; none for any other token. */
export function entries(token: TemplateToken | undefined): readonly (readonly [string, TemplateToken])[] {
  if (token === undefined || !isMapping(token)) return [];
  return [...token].map(({ key, value }) => [key.toString(), value]);
}

/** The items of a sequence token; none for any other token. */
export function items(token: TemplateToken | undefined): readonly TemplateToken[] {
  return token !== undefined && isSequence(token) ? [...token] : [];
}

/** Where a token starts, as part of a problem. */
export function lineOf(token: TemplateToken | undefined): { readonly line?: number } {
  return token?.range === undefined ? {} : { line: token.range.start.line };
}
