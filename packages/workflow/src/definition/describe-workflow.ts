import { namesInExpression } from "../expression/names-in-expression.ts";
import { parseExpression } from "../expression/parse-expression.ts";
import { type BasicExpressionToken, splitAllowedContext, type TemplateToken } from "../github-parser.ts";
import type { PermissionSetting } from "./permissions.ts";
import { WorkflowProblemsError } from "./problem.ts";
import { readWorkflow } from "./read-workflow.ts";
import { entries } from "./token-parts.ts";
import { visitTokens } from "./visit-tokens.ts";
import type { Step, WorkflowJob } from "./workflow.ts";

/** What a workflow file says, as GitHub's parser reads it: enough to judge who may do what. */
export type WorkflowDescription = {
  readonly permissions: PermissionSetting | undefined;
  /** What expressions above the jobs name. */
  readonly names: readonly string[];
  readonly jobs: readonly JobDescription[];
};

export type JobDescription = {
  readonly id: string;
  readonly needs: readonly string[];
  /** Its `if` without `${{ }}`; GitHub puts `success() && (…)` around one without a status function. */
  readonly condition: string;
  readonly permissions: PermissionSetting | undefined;
  /** What all expressions of the job name: `secrets.KEY`, `needs.work.outputs.sha`; `secrets` where it is used whole. */
  readonly names: readonly string[];
  /** The workflow that the job calls. */
  readonly uses: string | undefined;
  /** What the job passes to the workflow that it calls: `inherit`, or names and values. */
  readonly secrets: "inherit" | Readonly<Record<string, string>>;
  readonly steps: readonly StepDescription[];
};

export type StepDescription = {
  readonly id: string | undefined;
  readonly condition: string;
  /** Absent for a script. */
  readonly uses: string | undefined;
  /** As written; expressions in `${{ }}`. */
  readonly with: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  /** Of these, what the script itself names: expressions there become code. */
  readonly scriptNames: readonly string[];
};

/**
 * Describes a workflow that can be run.
 * @throws WorkflowProblemsError where it cannot
 */
export async function describeWorkflow(text: string, file = "workflow.yml"): Promise<WorkflowDescription> {
  const { workflow, problems } = await readWorkflow(file, text);
  if (workflow === undefined) throw new WorkflowProblemsError(problems);
  const { jobs, ...above } = workflow;
  return {
    permissions: above.permissions,
    names: namesIn([above.runName, above.concurrency, above.env, above.runDefaults]),
    jobs: jobs.map(describeJob),
  };
}

function describeJob(job: WorkflowJob): JobDescription {
  const common = {
    id: job.id,
    needs: job.needs,
    condition: job.condition.expression,
    permissions: job.permissions,
  };
  const shared = [job.name, job.condition, job.concurrency];
  if (job.kind === "call") {
    return {
      ...common,
      names: namesIn([...shared, job.with, job.secrets]),
      uses: job.uses,
      secrets: job.secrets?.toString() === "inherit" ? "inherit" : textsOf(job.secrets),
      steps: [],
    };
  }
  const steps = job.steps.map(describeStep);
  const own = [job.runsOn, job.timeoutMinutes, job.env, job.runDefaults, job.strategy, job.outputs];
  return {
    ...common,
    names: [...new Set([...namesIn([...shared, ...own]), ...steps.flatMap(({ names }) => names)])],
    uses: undefined,
    secrets: {},
    steps,
  };
}

function describeStep(step: Step): StepDescription {
  const common = [step.name, step.condition, step.env, step.continueOnError, step.timeoutMinutes];
  const own = step.kind === "action" ? [step.with] : [step.run, step.shell, step.workingDirectory];
  return {
    id: step.id,
    condition: step.condition.expression,
    uses: step.kind === "action" ? step.uses : undefined,
    with: step.kind === "action" ? textsOf(step.with) : {},
    names: namesIn([...common, ...own]),
    scriptNames: step.kind === "script" ? namesIn([step.run]) : [],
  };
}

function textsOf(token: TemplateToken | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(entries(token).map(([name, value]) => [name, value.toString()]));
}

/** What the expressions below tokens read, each name once. */
function namesIn(tokens: readonly (TemplateToken | undefined)[]): readonly string[] {
  const names = new Set<string>();
  for (const token of tokens) {
    if (token === undefined) continue;
    visitTokens(token, "", (found) => {
      for (const name of namesInToken(found)) names.add(name);
    });
  }
  return [...names];
}

function namesInToken({ definitionInfo, expression }: BasicExpressionToken): readonly string[] {
  if (definitionInfo === undefined) return []; // The default condition, `success()`.
  const { namedContexts, functions } = splitAllowedContext(definitionInfo.allowedContext);
  return namesInExpression(parseExpression(expression, namedContexts, functions));
}
