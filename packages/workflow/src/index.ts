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
  permissionsOfJob,
  RESTRICTED_DEFAULT,
  type WorkflowPermissions,
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
  StepsJob,
  Workflow,
  WorkflowJob,
  WorkflowStep,
} from "./definition/workflow.ts";
export { parseWorkflowExpression } from "./expression/parse-expression.ts";
