import { findNames } from "../expression/names-in-expression.ts";
import { parseWorkflowExpression } from "../expression/parse-expression.ts";
import { visitExpression } from "../expression/visit-expression.ts";
import {
  type BasicExpressionToken,
  FunctionCall,
  IndexAccess,
  isBasicExpression,
  isMapping,
  splitAllowedContext,
  type TemplateToken,
} from "../github-parser.ts";
import type { ProblemReport } from "./problem.ts";
import { CONTEXT_PROPERTIES } from "./supported-keys.ts";
import { child, entries, items, lineOf } from "./token-parts.ts";
import { visitTokens } from "./visit-tokens.ts";
import type { Workflow, WorkflowJob, WorkflowStep } from "./workflow.ts";

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
  const above: Place = { workflow, job: undefined, report };
  visitTokens(root, "", (token, path) => checkExpression(token, path, token, above), ["jobs"]);
  for (const job of workflow.jobs) {
    const place: Place = { workflow, job, report };
    const path = `jobs.${job.id}`;
    const token = child(child(root, "jobs"), job.id);
    checkExpression(job.condition, `${path}.if`, child(token, "if"), place);
    const stepTokens = items(child(token, "steps"));
    for (const [at, step] of findSteps(job).entries()) {
      checkExpression(step.condition, `${path}.steps[${at}].if`, child(stepTokens[at], "if"), place);
    }
    if (job.kind === "call") checkPassedSecrets(child(token, "secrets"), `${path}.secrets`, report);
    if (token !== undefined) {
      visitTokens(token, path, (found, at) => checkExpression(found, at, found, place), ["if"]);
    }
  }
}

/** The token of the job that runs inside is another one than the caller's would be, which this runner does not make. */
function checkPassedSecrets(secrets: TemplateToken | undefined, path: string, report: ProblemReport): void {
  for (const [name, value] of entries(secrets)) {
    if (!isBasicExpression(value) || !/\bsecrets\.github_token\b/i.test(value.expression)) continue;
    const message = "this runner does not pass on GITHUB_TOKEN; each job of a called workflow has its own.";
    report({ key: `${path}.${name}`, ...lineOf(value), message });
  }
}

/** Where an expression stands: above the jobs, or in one. */
type Place = {
  readonly workflow: Workflow;
  readonly job: WorkflowJob | undefined;
  readonly report: ProblemReport;
};

function checkExpression(
  token: BasicExpressionToken,
  path: string,
  source: TemplateToken | undefined,
  place: Place,
): void {
  const allowed = token.definitionInfo?.allowedContext;
  if (allowed === undefined) return; // The default condition, `success()`: not written by anyone.
  const { namedContexts, functions } = splitAllowedContext(allowed);
  const complain: Complaint = (message) => place.report({ key: path, ...lineOf(source), message });
  visitExpression(parseWorkflowExpression(token.expression, namedContexts, functions), (part) => {
    if (part instanceof FunctionCall) checkFunction(part, complain);
    if (part instanceof IndexAccess) checkProperty(findNames(part), place, complain);
  });
}

type Complaint = (message: string) => void;

function checkFunction(call: FunctionCall, complain: Complaint): void {
  const name = call.functionName.lexeme.toLowerCase();
  if (!FUNCTIONS.has(name)) complain(`this runner does not have the function ${call.functionName.lexeme}().`);
  if (STATUS_FUNCTIONS.has(name) && call.args.length > 0)
    complain(`${name}() with arguments is not run here.`);
}

function checkProperty(
  names: readonly (string | undefined)[],
  { workflow, job }: Place,
  complain: Complaint,
): void {
  const [context, name, part, detail] = names;
  if (context === undefined || name === undefined) return;
  const known = CONTEXT_PROPERTIES.get(context);
  if (names.length === 2) {
    if (known !== undefined && !known.has(name))
      complain(`this runner does not fill in \`${context}.${name}\`.`);
    const declared = declaredNames(context, workflow, job);
    if (declared !== undefined && !declared.has(name))
      complain(`\`${context}.${name}\` is not declared${hint(context, workflow)}.`);
  }
  if (names.length === 3) checkPart(context, `${context}.${name}`, part, complain);
  if (
    names.length === 4 &&
    (context === "needs" || context === "jobs") &&
    part === "outputs" &&
    detail !== undefined
  ) {
    checkOutput(workflow, name, detail, complain);
  }
}

function checkOutput(workflow: Workflow, name: string, detail: string, complain: Complaint): void {
  const outputs = findOutputs(workflow.jobs.find((other) => same(other.id, name)));
  if (outputs?.some((output) => same(output, detail)) === false) {
    complain(`the job \`${name}\` has no output \`${detail}\`.`);
  }
}

/** Undefined where a job runs a workflow that nobody gave the text of. */
function findOutputs(job: WorkflowJob | undefined): readonly string[] | undefined {
  if (job?.kind !== "call") return entries(job?.outputs).map(([name]) => name);
  return job.called === undefined ? undefined : Object.keys(job.called.call?.outputs ?? {});
}

const findSteps = (job: WorkflowJob): readonly WorkflowStep[] => (job.kind === "steps" ? job.steps : []);

function checkPart(context: string, prefix: string, part: string | undefined, complain: Complaint): void {
  const parts = {
    jobs: ["outputs", "result"],
    needs: ["outputs", "result"],
    steps: ["conclusion", "outcome", "outputs"],
  }[context];
  if (parts !== undefined && part !== undefined && !parts.includes(part)) {
    complain(`\`${prefix}.${part}\` does not exist; there is ${parts.join(", ")}.`);
  }
}

/** Lower-case names that a context may be asked for, where the file declares them all. */
function declaredNames(
  context: string,
  workflow: Workflow,
  job: WorkflowJob | undefined,
): ReadonlySet<string> | undefined {
  const lower = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.map((name) => name.toLowerCase()));
  if (context === "inputs") return lower(inputNames(workflow));
  if (context === "jobs") return lower(workflow.jobs.map(({ id }) => id));
  if (job === undefined) return undefined;
  if (context === "needs") return lower(job.needs);
  if (context === "steps") return lower(findSteps(job).flatMap((step) => step.id ?? []));
  const matrix = job.kind === "steps" ? child(job.strategy, "matrix") : undefined;
  return context === "matrix" && (matrix === undefined || isMapping(matrix))
    ? lower(entries(matrix).map(([key]) => key))
    : undefined;
}

const inputNames = ({ events, call }: Workflow): string[] => [
  ...Object.keys(events.workflow_dispatch?.inputs ?? {}),
  ...Object.keys(call?.inputs ?? {}),
];

function hint(context: string, workflow: Workflow): string {
  if (context === "steps") return ": no step of this job has that id";
  if (context === "needs") return ": the job does not list it in `needs`";
  if (context === "jobs") return ": the workflow has no such job";
  if (context !== "inputs") return " in the job's matrix";
  return ` under \`on.workflow_${workflow.call === undefined ? "dispatch" : "call"}.inputs\``;
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
