import { parseWorkflowExpression } from "@patchpilot/workflow";
import {
  data,
  Evaluator,
  type ExpressionData,
  type FunctionDefinition,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  type TemplateToken,
  truthy,
} from "@patchpilot/workflow/github-parser";
import { fromExpressionData, type Json, toExpressionData } from "./expression-data.ts";

/** What `success()`, `failure()` and `cancelled()` answer; `always()` is always true. */
export type StatusAnswers = {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
};

/** What an expression can see. GitHub's parser has already refused contexts that are not allowed in a place. */
export type ExpressionScope = {
  readonly contexts: Readonly<Record<string, ExpressionData>>;
  readonly status?: StatusAnswers;
};

/** Evaluates an expression (without `${{ }}`); throws an Error that quotes it where it cannot be evaluated. */
export function evaluateExpression(expression: string, scope: ExpressionScope): ExpressionData {
  const functions = statusFunctions(scope.status);
  try {
    const contexts = new data.Dictionary(
      ...Object.entries(scope.contexts).map(([key, value]) => ({ key, value })),
    );
    const parsed = parseWorkflowExpression(expression, Object.keys(scope.contexts), functions);
    return new Evaluator(
      parsed,
      contexts,
      new Map(functions.map((definition) => [definition.name, definition])),
    ).evaluate();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The expression \`\${{ ${expression} }}\` cannot be evaluated: ${reason}`, {
      cause: error,
    });
  }
}

/** Evaluates an `if`, by GitHub's truthiness. */
export function evaluateCondition(expression: string, scope: ExpressionScope): boolean {
  return truthy(evaluateExpression(expression, scope));
}

/** Evaluates a token of any shape to its JSON value. */
export function evaluateToken(token: TemplateToken, scope: ExpressionScope): Json {
  if (isBasicExpression(token)) return fromExpressionData(evaluateExpression(token.expression, scope));
  if (isMapping(token)) {
    return Object.fromEntries(
      [...token].map(({ key, value }) => [key.toString(), evaluateToken(value, scope)]),
    );
  }
  if (isSequence(token)) return [...token].map((item) => evaluateToken(item, scope));
  if (isNumber(token) || isBoolean(token)) return token.value;
  return token.toString();
}

/** Evaluates a token to text, the way GitHub coerces: null is "", true is "true". */
export function evaluateText(token: TemplateToken | undefined, scope: ExpressionScope): string {
  return token === undefined ? "" : toText(evaluateToken(token, scope));
}

/** Evaluates a mapping token to texts: `env`, `with`, `outputs`. */
export function evaluateTexts(
  token: TemplateToken | undefined,
  scope: ExpressionScope,
): Record<string, string> {
  if (token === undefined) return {};
  const value = evaluateToken(token, scope);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toText(item)]));
}

function toText(value: Json): string {
  return toExpressionData(value).coerceString();
}

function statusFunctions(status: StatusAnswers | undefined): FunctionDefinition[] {
  if (status === undefined) return [];
  const answers = { ...status, always: true };
  return Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
}
