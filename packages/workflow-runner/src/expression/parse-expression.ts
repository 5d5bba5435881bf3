import { type Expr, type FunctionInfo, Lexer, Parser } from "../github-parser.ts";

/** Parses an expression (without `${{ }}`); throws GitHub's ExpressionError where it is wrong. */
export function parseExpression(
  text: string,
  contexts: readonly string[],
  functions: readonly FunctionInfo[],
): Expr {
  return new Parser(new Lexer(text).lex().tokens, [...contexts], [...functions]).parse();
}
