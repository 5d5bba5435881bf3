import { type Expr, type FunctionInfo, Lexer, Parser, TokenType } from "../github-parser.ts";

/** Parses an expression (without `${{ }}`); throws GitHub's ExpressionError where it is wrong. */
export function parseWorkflowExpression(
  text: string,
  contexts: readonly string[],
  functions: readonly FunctionInfo[],
): Expr {
  const { tokens } = new Lexer(text).lex();
  for (const token of tokens) {
    // GitHub's lexer undoes only the first doubled apostrophe of a text; GitHub's service undoes all.
    if (token.type === TokenType.STRING) token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
  }
  return new Parser(tokens, [...contexts], [...functions]).parse();
}
