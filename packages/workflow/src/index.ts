export { callableWorkflows } from "./definition/callable-workflows.ts";
export { checkWorkflow } from "./definition/check-workflow.ts";
export {
  describeWorkflow,
  type JobDescription,
  type StepDescription,
  type WorkflowDescription,
} from "./definition/describe-workflow.ts";
export {
  type AccessLevel,
  type Permissions,
  permissionsOfJob,
  RESTRICTED_DEFAULT,
  withoutWrites,
} from "./definition/permissions.ts";
export { describeProblem, type Problem, WorkflowProblemsError } from "./definition/problem.ts";
export { readWorkflow } from "./definition/read-workflow.ts";
export { child, entries } from "./definition/token-parts.ts";
export type {
  ActionStep,
  CallInput,
  CallJob,
  ScriptStep,
  Step,
  StepsJob,
  Workflow,
  WorkflowJob,
} from "./definition/workflow.ts";
export { parseExpression } from "./expression/parse-expression.ts";
