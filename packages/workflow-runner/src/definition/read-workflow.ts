import {
  convertWorkflowTemplate,
  isBasicExpression,
  isMapping,
  NoOperationTraceWriter,
  type ParsedJob,
  type ParsedStep,
  parseWorkflow,
  type TemplateToken,
  type WorkflowTemplate,
} from "../github-parser.ts";
import { checkReferences } from "./check-references.ts";
import { findUnsupported } from "./find-unsupported.ts";
import { type PermissionSetting, readPermissions } from "./permissions.ts";
import { jobOfKey, type Problem, type ProblemReport } from "./problem.ts";
import { straightenScalars } from "./straighten-scalars.ts";
import { child, items } from "./token-parts.ts";
import type { Job, Step, Workflow } from "./workflow.ts";

export type WorkflowReading =
  | { readonly workflow: Workflow; readonly problems: readonly [] }
  | { readonly workflow?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads a workflow file with GitHub's parser and turns it into what this runner runs.
 * @param file the name that messages give the file
 * @returns the workflow, or every problem: GitHub's own errors first, then what is not run here
 */
export async function readWorkflow(file: string, text: string): Promise<WorkflowReading> {
  const { root, errors } = await parse(file, text);
  const problems: Problem[] = errors;
  const report: ProblemReport = (problem) => {
    const job = jobOfKey(problem.key);
    problems.push({ file, ...(job && { job }), ...problem });
  };
  if (root !== undefined) findUnsupported(root, report);
  if (problems.length > 0) return { problems };
  const straight = await parse(file, straightenScalars(text));
  if (straight.root === undefined || straight.template === undefined) return { problems: straight.errors };
  const workflow = buildWorkflow(file, straight.root, straight.template);
  checkReferences(root ?? straight.root, workflow, report);
  return problems.length > 0 ? { problems } : { workflow, problems: [] };
}

type Parsed = { root: TemplateToken | undefined; template: WorkflowTemplate | undefined; errors: Problem[] };

async function parse(file: string, text: string): Promise<Parsed> {
  const { context, value: root } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  const template = root === undefined ? undefined : await convertWorkflowTemplate(context, root);
  const errors = context.errors.getErrors().map((error): Problem => {
    const line = error.range?.start.line;
    const job = jobAtLine(root, line);
    return { file, key: "", message: error.rawMessage, ...(line && { line }), ...(job && { job }) };
  });
  return { root, template: errors.length > 0 ? undefined : template, errors };
}

function buildWorkflow(file: string, root: TemplateToken, template: WorkflowTemplate): Workflow {
  return {
    file,
    name: child(root, "name")?.toString() ?? `.github/workflows/${file}`,
    events: template.events,
    jobs: template.jobs.map((job) => readJob(job as ParsedJob, child(child(root, "jobs"), job.id.value))),
    ...optional("runName", child(root, "run-name")),
    ...permissionsIn(root),
    ...optional("concurrency", child(root, "concurrency")),
    ...optional("env", child(root, "env")),
    ...optional("runDefaults", child(child(root, "defaults"), "run")),
  };
}

function readJob(parsed: ParsedJob, token: TemplateToken | undefined): Job {
  const stepTokens = items(child(token, "steps"));
  const runsOn = child(token, "runs-on");
  if (runsOn === undefined || parsed.name === undefined) {
    throw new Error(`GitHub's parser accepted the job ${parsed.id.value} without \`runs-on\` or a name.`);
  }
  return {
    id: parsed.id.value,
    name: parsed.name,
    needs: (parsed.needs ?? []).map((need) => need.value),
    condition: parsed.if,
    runsOn,
    steps: parsed.steps.map((step, at) => readStep(step, stepTokens[at])),
    ...optional("timeoutMinutes", child(token, "timeout-minutes")),
    ...permissionsIn(token),
    ...optional("concurrency", child(token, "concurrency")),
    ...optional("env", child(token, "env")),
    ...optional("runDefaults", child(child(token, "defaults"), "run")),
    ...optional("strategy", child(token, "strategy")),
    ...optional("outputs", child(token, "outputs")),
  };
}

function readStep(parsed: ParsedStep, token: TemplateToken | undefined): Step {
  const id = child(token, "id")?.toString();
  const condition = "if" in parsed ? parsed.if : undefined;
  if (condition === undefined || !isBasicExpression(condition)) {
    throw new Error(`GitHub's parser gave the step ${id ?? ""} no condition.`);
  }
  const common = {
    condition,
    ...optional("id", id),
    ...optional("name", child(token, "name")),
    ...optional("env", child(token, "env")),
    ...optional("continueOnError", child(token, "continue-on-error")),
    ...optional("timeoutMinutes", child(token, "timeout-minutes")),
  };
  const run = child(token, "run");
  if (run === undefined) {
    const uses = child(token, "uses")?.toString() ?? "";
    return { kind: "action", uses, ...common, ...optional("with", child(token, "with")) };
  }
  const shell = optional("shell", child(token, "shell"));
  return {
    kind: "script",
    run,
    ...common,
    ...shell,
    ...optional("workingDirectory", child(token, "working-directory")),
  };
}

function permissionsIn(token: TemplateToken | undefined): { permissions?: PermissionSetting } {
  const permissions = child(token, "permissions");
  return permissions === undefined ? {} : { permissions: readPermissions(permissions) };
}

/** GitHub's errors carry a line; the job is the last one whose id stands at or above it. */
function jobAtLine(root: TemplateToken | undefined, line: number | undefined): string | undefined {
  const jobs = child(root, "jobs");
  if (line === undefined || jobs === undefined || !isMapping(jobs)) return undefined;
  const inside = (at: number | undefined): boolean => at !== undefined && at <= line;
  return [...jobs].findLast(({ key }) => inside(key.range?.start.line))?.key.toString();
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
