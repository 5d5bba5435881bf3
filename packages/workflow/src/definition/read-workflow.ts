import {
  convertWorkflowTemplate,
  type FileProvider,
  fileIdentifier,
  isBasicExpression,
  isJob,
  isMapping,
  NoOperationTraceWriter,
  type ParsedCall,
  type ParsedJob,
  type ParsedStep,
  parseFileReference,
  parseWorkflow,
  type TemplateToken,
  type WorkflowTemplate,
} from "../github-parser.ts";
import {
  type CallableWorkflows,
  callableWorkflows,
  MAX_LEVELS,
  type WorkflowText,
} from "./callable-workflows.ts";
import { checkReferences } from "./check-references.ts";
import { findRaisedPermissions } from "./find-raised-permissions.ts";
import { findUnsupported } from "./find-unsupported.ts";
import {
  type PermissionSetting,
  RESTRICTED_DEFAULT,
  readPermissions,
  type WorkflowPermissions,
} from "./permissions.ts";
import { jobOfKey, type Problem, type ProblemReport } from "./problem.ts";
import { readCallInterface } from "./read-call-interface.ts";
import { straightenScalars } from "./straighten-scalars.ts";
import { child, entries, items, lineOf } from "./token-parts.ts";
import type { CallJob, StepsJob, Workflow, WorkflowStep } from "./workflow.ts";

export type WorkflowReading =
  | { readonly workflow: Workflow; readonly problems: readonly [] }
  | { readonly workflow?: undefined; readonly problems: readonly Problem[] };

/** What stands around a workflow file. */
export type CallSurroundings = {
  readonly callable: CallableWorkflows;
  /** What tokens may do where a workflow names no permissions. */
  readonly defaultPermissions: WorkflowPermissions;
};

const ALONE: CallSurroundings = {
  callable: callableWorkflows({}, {}),
  defaultPermissions: RESTRICTED_DEFAULT,
};

/**
 * Reads a workflow file with GitHub's parser, with the workflows that it calls, and turns it into what this runner runs.
 * @param file the name that messages give the file
 * @param callers names of the files that led here by calling one another, the first one first
 * @returns the workflow, or every problem: GitHub's own errors first, then what is not run here
 */
export async function readWorkflow(
  file: string,
  text: string,
  surroundings: CallSurroundings = ALONE,
  callers: readonly string[] = [],
): Promise<WorkflowReading> {
  const { root, errors } = await parse(file, text);
  const problems: Problem[] = errors;
  const report: ProblemReport = (problem) => {
    const job = jobOfKey(problem.key);
    problems.push({ file, ...(job && { job }), ...problem });
  };
  if (root !== undefined) findUnsupported(root, report);
  if (root === undefined || problems.length > 0) return { problems };
  const calls = await readCalls(root, surroundings, [...callers, file], report);
  problems.push(...calls.problems);
  if (problems.length > 0) return { problems };
  if (calls.texts.size > 0) problems.push(...(await parse(file, text, calls.texts)).errors);
  const straight = await parse(file, straightenScalars(text));
  if (straight.root === undefined || straight.template === undefined) return { problems: straight.errors };
  const workflow = buildWorkflow(file, straight.root, straight.template, calls.workflows);
  checkReferences(root, workflow, report);
  if (callers.length === 0) findRaisedPermissions(workflow, surroundings.defaultPermissions, report);
  return problems.length > 0 ? { problems } : { workflow, problems: [] };
}

/** The called workflows of a file: as read by job, and their texts by what `uses:` says. */
type Calls = {
  readonly workflows: Map<string, Workflow>;
  readonly texts: Map<string, WorkflowText>;
  readonly problems: Problem[];
};

async function readCalls(
  root: TemplateToken,
  { callable, defaultPermissions }: CallSurroundings,
  chain: readonly string[],
  report: ProblemReport,
): Promise<Calls> {
  const calls: Calls = { workflows: new Map(), texts: new Map(), problems: [] };
  for (const [id, job] of entries(child(root, "jobs"))) {
    const uses = child(job, "uses");
    const found = uses === undefined ? undefined : callable.find(uses.toString());
    if (uses === undefined || found === undefined) continue;
    const complain = (message: string): void => report({ key: `jobs.${id}.uses`, ...lineOf(uses), message });
    if (chain.includes(found.file)) {
      complain(`the workflow calls itself: ${[...chain, found.file].join(" → ")}.`);
    } else if (chain.length >= MAX_LEVELS) {
      complain(`GitHub connects at most ${MAX_LEVELS} levels of workflows: ${chain.join(" → ")}.`);
    } else {
      const inner = { callable: found.callable, defaultPermissions };
      const { workflow, problems } = await readWorkflow(found.file, found.text, inner, chain);
      calls.texts.set(uses.toString(), found);
      if (workflow !== undefined) calls.workflows.set(id, workflow);
      calls.problems.push(...problems);
    }
  }
  return calls;
}

type Parsed = { root: TemplateToken | undefined; template: WorkflowTemplate | undefined; errors: Problem[] };

/** @param called with texts of called workflows the parser also checks the inputs and secrets that are passed to them */
async function parse(
  file: string,
  text: string,
  called: ReadonlyMap<string, WorkflowText> = new Map(),
): Promise<Parsed> {
  const { context, value: root } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  const byReference = new Map(
    [...called].map(([uses, found]) => [fileIdentifier(parseFileReference(uses)), found]),
  );
  const files: FileProvider = {
    getFileContent: async (reference) => {
      const found = byReference.get(fileIdentifier(reference));
      if (found === undefined) throw new Error(`There is no text of ${fileIdentifier(reference)}.`);
      return { name: found.file, content: found.text };
    },
  };
  const depth = { fetchReusableWorkflowDepth: called.size > 0 ? 1 : 0 };
  const template =
    root === undefined ? undefined : await convertWorkflowTemplate(context, root, files, depth);
  const errors = context.errors.getErrors().map((error): Problem => {
    const line = error.range?.start.line;
    const job = jobAtLine(root, line);
    return { file, key: "", message: error.rawMessage, ...(line && { line }), ...(job && { job }) };
  });
  return { root, template: errors.length > 0 ? undefined : template, errors };
}

function buildWorkflow(
  file: string,
  root: TemplateToken,
  template: WorkflowTemplate,
  called: ReadonlyMap<string, Workflow>,
): Workflow {
  return {
    file,
    name: child(root, "name")?.toString() ?? `.github/workflows/${file}`,
    events: template.events,
    jobs: template.jobs.map((job) => {
      const token = child(child(root, "jobs"), job.id.value);
      return isJob(job) ? readStepsJob(job, token) : readCallJob(job, token, called.get(job.id.value));
    }),
    ...("workflow_call" in template.events && { call: readCallInterface(root) }),
    ...optional("runName", child(root, "run-name")),
    ...permissionsIn(root),
    ...optional("concurrency", child(root, "concurrency")),
    ...optional("env", child(root, "env")),
    ...optional("runDefaults", child(child(root, "defaults"), "run")),
  };
}

function readCommon(parsed: ParsedJob | ParsedCall, token: TemplateToken | undefined) {
  if (parsed.name === undefined)
    throw new Error(`GitHub's parser accepted the job ${parsed.id.value} without a name.`);
  return {
    id: parsed.id.value,
    name: parsed.name,
    needs: (parsed.needs ?? []).map((need) => need.value),
    condition: parsed.if,
    ...permissionsIn(token),
    ...optional("concurrency", child(token, "concurrency")),
  };
}

function readCallJob(
  parsed: ParsedCall,
  token: TemplateToken | undefined,
  called: Workflow | undefined,
): CallJob {
  return {
    kind: "call",
    ...readCommon(parsed, token),
    uses: parsed.ref.value,
    ...optional("with", child(token, "with")),
    ...optional("secrets", child(token, "secrets")),
    ...optional("called", called),
  };
}

function readStepsJob(parsed: ParsedJob, token: TemplateToken | undefined): StepsJob {
  const stepTokens = items(child(token, "steps"));
  const runsOn = child(token, "runs-on");
  if (runsOn === undefined)
    throw new Error(`GitHub's parser accepted the job ${parsed.id.value} without \`runs-on\`.`);
  return {
    kind: "steps",
    ...readCommon(parsed, token),
    runsOn,
    steps: parsed.steps.map((step, at) => readStep(step, stepTokens[at])),
    ...optional("timeoutMinutes", child(token, "timeout-minutes")),
    ...optional("env", child(token, "env")),
    ...optional("runDefaults", child(child(token, "defaults"), "run")),
    ...optional("strategy", child(token, "strategy")),
    ...optional("outputs", child(token, "outputs")),
  };
}

function readStep(parsed: ParsedStep, token: TemplateToken | undefined): WorkflowStep {
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
