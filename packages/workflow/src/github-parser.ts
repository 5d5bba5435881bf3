import { registerHooks } from "node:module";

/**
 * GitHub's own workflow parser and expression evaluator, loaded once for the process.
 * They import JSON without an import attribute, which plain Node refuses, so the attribute is added while they load.
 */
const hooks = registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    return specifier.endsWith(".json") ? { ...resolved, importAttributes: { type: "json" } } : resolved;
  },
});

export const {
  convertWorkflowTemplate,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
  NoOperationTraceWriter,
  parseWorkflow,
} = await import("@actions/workflow-parser");

export const { convertActionTemplate, parseAction } = await import("@actions/workflow-parser/actions/index");
export const { isJob } = await import("@actions/workflow-parser/model/type-guards");
export const { fileIdentifier, parseFileReference } = await import(
  "@actions/workflow-parser/workflows/file-reference"
);
export const { splitAllowedContext } = await import("@actions/workflow-parser/templates/allowed-context");
export const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
export const { Binary, ContextAccess, FunctionCall, Grouping, IndexAccess, Literal, Logical, Unary } =
  await import("@actions/expressions/ast");
export const { TokenType } = await import("@actions/expressions/lexer");
export const { truthy } = await import("@actions/expressions/result");

hooks.deregister();

export type FunctionCall = import("@actions/expressions/ast").FunctionCall;
export type IndexAccess = import("@actions/expressions/ast").IndexAccess;

export type Dictionary = import("@actions/expressions").data.Dictionary;
export type ExpressionData = import("@actions/expressions").data.ExpressionData;
export type { Expr } from "@actions/expressions/ast";
export type { FunctionDefinition, FunctionInfo } from "@actions/expressions/funcs/info";
export type {
  EventsConfig,
  Job as ParsedJob,
  ReusableWorkflowJob as ParsedCall,
  Step as ParsedStep,
  WorkflowTemplate,
} from "@actions/workflow-parser/model/workflow-template";
export type { BasicExpressionToken } from "@actions/workflow-parser/templates/tokens/basic-expression-token";
export type { ScalarToken } from "@actions/workflow-parser/templates/tokens/scalar-token";
export type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
export type { FileProvider } from "@actions/workflow-parser/workflows/file-provider";
