import { type BasicExpressionToken, isBasicExpression, type TemplateToken } from "../github-parser.ts";
import { entries, items } from "./token-parts.ts";

/** Calls `visit` for every expression token below `token` with its path; keys in `skipped` are not entered. */
export function visitTokens(
  token: TemplateToken,
  path: string,
  visit: (token: BasicExpressionToken, path: string) => void,
  skipped: readonly string[] = [],
): void {
  if (isBasicExpression(token)) visit(token, path);
  for (const [at, item] of items(token).entries()) visitTokens(item, `${path}[${at}]`, visit, skipped);
  for (const [key, value] of entries(token)) {
    if (!skipped.includes(key)) visitTokens(value, path === "" ? key : `${path}.${key}`, visit, skipped);
  }
}
