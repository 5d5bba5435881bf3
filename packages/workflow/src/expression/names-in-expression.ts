import { ContextAccess, type Expr, IndexAccess, Literal } from "../github-parser.ts";
import { listParts } from "./visit-expression.ts";

/** `["steps", "plan", "outputs"]` for `steps.plan.outputs`, in lower case; undefined where a name is computed. */
export function findNames(access: IndexAccess): readonly (string | undefined)[] {
  const name =
    access.index instanceof Literal ? access.index.literal.coerceString().toLowerCase() : undefined;
  return [...findHeadName(access.expr), name];
}

function findHeadName(expression: Expr): readonly (string | undefined)[] {
  if (expression instanceof ContextAccess) return [expression.name.lexeme.toLowerCase()];
  return expression instanceof IndexAccess ? findNames(expression) : [undefined];
}

/**
 * Everything that an expression reads: `needs.work.result`, `secrets` where the whole context is used, `secrets.*` where
 * a name is computed.
 */
export function namesInExpression(expression: Expr): readonly string[] {
  if (expression instanceof ContextAccess) return [expression.name.lexeme.toLowerCase()];
  if (!(expression instanceof IndexAccess)) return listParts(expression).flatMap(namesInExpression);
  const path = findNames(expression);
  return [
    ...(path[0] === undefined ? [] : [path.map((name) => name ?? "*").join(".")]),
    ...insideAccess(expression),
  ];
}

/** What computed names of an access read, and what it begins with where that is no context. */
function insideAccess(access: IndexAccess): readonly string[] {
  const index = access.index instanceof Literal ? [] : namesInExpression(access.index);
  if (access.expr instanceof ContextAccess) return index;
  const head =
    access.expr instanceof IndexAccess ? insideAccess(access.expr) : namesInExpression(access.expr);
  return [...index, ...head];
}
