export { CONFIGURATION_PATH, type ReadFile } from "./configuration.ts";
export type {
  Contract,
  Environment,
  InputsOf,
  Line,
  Outcome,
  OutputsOf,
  Permission,
  PermissionScope,
} from "./contract.ts";
export { findEventIssue, findNamedIssues } from "./event-issue.ts";
export { hideEnvironment } from "./hide-environment.ts";
export { emptyCommandFiles, isThrownAway, machineVariables } from "./machine.ts";
export { loadReport } from "./report.ts";
export { type Action, type Job, runAction } from "./run-action.ts";
