import { Binary, type Expr, FunctionCall, Grouping, IndexAccess, Logical, Unary } from "../github-parser.ts";

/** Calls `visit` for an expression and everything inside it, outermost first. */
export function visitExpression(expression: Expr, visit: (part: Expr) => void): void {
  visit(expression);
  for (const part of listParts(expression)) visitExpression(part, visit);
}

/** The expressions directly inside one. */
export function listParts(expression: Expr): readonly Expr[] {
  if (expression instanceof FunctionCall || expression instanceof Logical) return expression.args;
  if (expression instanceof Binary) return [expression.left, expression.right];
  if (expression instanceof Unary) return [expression.expr];
  if (expression instanceof Grouping) return [expression.group];
  if (expression instanceof IndexAccess) return [expression.expr, expression.index];
  return [];
}
