import { parseExpression } from "../expression/parse-expression.ts";
import { visitExpression } from "../expression/visit-expression.ts";
import {
  type BasicExpressionToken,
  ContextAccess,
  type Expr,
  FunctionCall,
  IndexAccess,
  isBasicExpression,
  isMapping,
  isSequence,
  Literal,
  splitAllowedContext,
  type TemplateToken,
} from "../github-parser.ts";
import { child, entries } from "./find-unsupported.ts";
import type { ProblemReport } from "./problem.ts";
import { CONTEXT_PROPERTIES } from "./supported-keys.ts";
import type { Job, Workflow } from "./workflow.ts";

const FUNCTIONS = new Set(
  "always cancelled case contains endswith failure format fromjson join startswith success tojson".split(" "),
);
const STATUS_FUNCTIONS = new Set(["always", "cancelled", "failure", "success"]);

/**
 * Reports expressions that name what is not there: a step id, a job that is not in `needs`, an undeclared output or
 * input, a context property or function that this runner does not have. GitHub answers null to most of these, so a
 * misspelt name would pass for an empty value.
 */
export function checkReferences(root: TemplateToken, workflow: Workflow, report: ProblemReport): void {
  visitTokens(root, "", (token, path) => checkExpression(token, path, workflow, undefined, report), ["jobs"]);
  const jobs = child(root, "jobs");
  for (const job of workflow.jobs) {
    const path = `jobs.${job.id}`;
    checkExpression(job.condition, `${path}.if`, workflow, job, report);
    job.steps.forEach((step, at) =>
      checkExpression(step.condition, `${path}.steps[${at}].if`, workflow, job, report),
    );
    const token = child(jobs, job.id);
    if (token !== undefined) {
      visitTokens(token, path, (found, at) => checkExpression(found, at, workflow, job, report), ["if"]);
    }
  }
}

/** Calls `visit` for every expression token below `token` with its path; keys in `skipped` are not entered. */
function visitTokens(
  token: TemplateToken,
  path: string,
  visit: (token: BasicExpressionToken, path: string) => void,
  skipped: readonly string[],
): void {
  if (isBasicExpression(token)) visit(token, path);
  if (isSequence(token))
    [...token].forEach((item, at) => visitTokens(item, `${path}[${at}]`, visit, skipped));
  if (isMapping(token)) {
    for (const [key, value] of entries(token)) {
      if (!skipped.includes(key)) visitTokens(value, path === "" ? key : `${path}.${key}`, visit, skipped);
    }
  }
}

function checkExpression(
  token: BasicExpressionToken,
  path: string,
  workflow: Workflow,
  job: Job | undefined,
  report: ProblemReport,
): void {
  const allowed = token.definitionInfo?.allowedContext;
  if (allowed === undefined) return; // The default condition, `success()`: not written by anyone.
  const { namedContexts, functions } = splitAllowedContext(allowed);
  const line = token.range?.start.line;
  const complain = (message: string): void =>
    report({ key: path, ...(line !== undefined && { line }), message });
  visitExpression(parseExpression(token.expression, namedContexts, functions), (part) => {
    if (part instanceof FunctionCall) checkFunction(part, complain);
    if (part instanceof IndexAccess) checkProperty(namesOf(part), workflow, job, complain);
  });
}

function checkFunction(call: FunctionCall, complain: (message: string) => void): void {
  const name = call.functionName.lexeme.toLowerCase();
  if (!FUNCTIONS.has(name)) complain(`this runner does not have the function ${call.functionName.lexeme}().`);
  if (STATUS_FUNCTIONS.has(name) && call.args.length > 0)
    complain(`${name}() with arguments is not run here.`);
}

/** `["steps", "plan", "outputs"]` for `steps.plan.outputs`; undefined where a name is computed. */
function namesOf(access: IndexAccess): readonly (string | undefined)[] {
  const name =
    access.index instanceof Literal ? access.index.literal.coerceString().toLowerCase() : undefined;
  return [...headOf(access.expr), name];
}

function headOf(expression: Expr): readonly (string | undefined)[] {
  if (expression instanceof ContextAccess) return [expression.name.lexeme.toLowerCase()];
  return expression instanceof IndexAccess ? namesOf(expression) : [undefined];
}

function checkProperty(
  names: readonly (string | undefined)[],
  workflow: Workflow,
  job: Job | undefined,
  complain: (message: string) => void,
): void {
  const [context, name, part, detail] = names;
  if (context === undefined || name === undefined) return;
  const known = CONTEXT_PROPERTIES.get(context);
  if (names.length === 2) {
    if (known !== undefined && !known.has(name))
      complain(`this runner does not fill in \`${context}.${name}\`.`);
    const declared = declaredNames(context, workflow, job);
    if (declared !== undefined && !declared.has(name))
      complain(`\`${context}.${name}\` is not declared${hint(context)}.`);
  }
  if (names.length === 3) checkPart(context, `${context}.${name}`, part, complain);
  if (names.length === 4 && context === "needs" && part === "outputs" && detail !== undefined) {
    const outputs = workflow.jobs.find((other) => same(other.id, name))?.outputs;
    if (!entries(outputs).some(([output]) => same(output, detail))) {
      complain(`the job \`${name}\` has no output \`${detail}\`.`);
    }
  }
}

function checkPart(
  context: string,
  prefix: string,
  part: string | undefined,
  complain: (message: string) => void,
): void {
  const parts = { needs: ["outputs", "result"], steps: ["conclusion", "outcome", "outputs"] }[context];
  if (parts !== undefined && part !== undefined && !parts.includes(part)) {
    complain(`\`${prefix}.${part}\` does not exist; there is ${parts.join(", ")}.`);
  }
}

/** Lower-case names that a context may be asked for, where the file declares them all. */
function declaredNames(
  context: string,
  workflow: Workflow,
  job: Job | undefined,
): ReadonlySet<string> | undefined {
  const lower = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.map((name) => name.toLowerCase()));
  if (context === "inputs") return lower(Object.keys(workflow.events.workflow_dispatch?.inputs ?? {}));
  if (job === undefined) return undefined;
  if (context === "needs") return lower(job.needs);
  if (context === "steps") return lower(job.steps.flatMap((step) => step.id ?? []));
  const matrix = child(job.strategy, "matrix");
  return context === "matrix" && (matrix === undefined || isMapping(matrix))
    ? lower(entries(matrix).map(([key]) => key))
    : undefined;
}

function hint(context: string): string {
  if (context === "steps") return ": no step of this job has that id";
  if (context === "needs") return ": the job does not list it in `needs`";
  return context === "inputs" ? " under `on.workflow_dispatch.inputs`" : " in the job's matrix";
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
